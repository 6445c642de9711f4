// The checks of checks.yaml for k6. TARGETS is a JSON file: a list of what stands in variables.go. One iteration is one target.
import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';

const targets = JSON.parse(open(__ENV.TARGETS));
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const options = {
  scenarios: { all: { executor: 'shared-iterations', vus: Math.min(targets.length, 64), iterations: targets.length, maxDuration: '4m' } },
  thresholds: { checks: ['rate==1.0'] },
};

export default function () {
  const t = targets[exec.scenario.iterationInTest];
  const session = t.url + '/node/api/users/session', current = t.url + '/node/api/users/current', token = t.url + t.token_path;
  const json = { 'Content-Type': 'application/json' }, basic = { Authorization: t.basic };
  const with_ = (headers) => ({ headers, jar: new http.CookieJar() }); // no cookie but those that a request names
  const sid = (id) => ({ Cookie: 'sid=' + id });
  const good = (r) => r.status >= 200 && r.status < 300, refused = (r) => r.status >= 400 && r.status < 500;
  const quoted = (r) => /^"[^"]*"$/.test(r.body.trim());
  const id = (r) => (quoted(r) ? JSON.parse(r.body) : '');

  const login = http.post(session, t.login_body, with_(json));
  const cookie = login.headers['Set-Cookie'] || '';
  check(login, {
    'saymon-session-by-login': good,
    'saymon-session-id-quoted': quoted,
    'saymon-session-id-uuid': (r) => uuid.test(id(r)),
    'saymon-cookie-set': () => /^sid=[^;]/.test(cookie),
    'saymon-cookie-is-session-id': (r) => cookie.split(';')[0] === 'sid=' + id(r),
    'saymon-cookie-path': () => /; *path=\/ *(;|$)/i.test(cookie),
  });
  check(http.get(current, with_(sid(id(login)))), {
    'saymon-session-authenticates': good,
    'saymon-session-of-user': (r) => good(r) && r.json('login') === t.login,
  });
  check(http.get(current, with_(sid(id(login)))), { 'saymon-session-lasts': good });
  check(http.post(session, t.login_body, with_(json)), { 'saymon-session-new': (r) => good(r) && id(r) !== id(login) });
  check(http.post(session, t.email_body, with_(json)), { 'saymon-session-by-email': good });
  check(http.post(session, t.wrong_body, with_(json)), { 'saymon-refuses-wrong-password': refused });
  check(http.get(current, with_({})), { 'saymon-refuses-no-session': refused });
  check(http.get(current, with_(sid(t.invented))), { 'saymon-refuses-invented-session': refused });
  const created = http.post(token, null, with_(basic));
  check(created, { 'saymon-token-by-basic': good, 'saymon-token-quoted': quoted });
  check(http.get(current + '?api-token=' + encodeURIComponent(id(created)), with_({})), { 'saymon-token-authenticates': good });
  check(http.del(session, null, with_(sid(id(login)))), { 'saymon-logout-accepted': good });
  check(http.get(current, with_(sid(id(login)))), { 'saymon-logout-ends-session': refused });
  check(http.del(token, null, with_(basic)), { 'saymon-token-deletion-accepted': good });
}
