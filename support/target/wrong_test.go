//go:build unit

package target

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// one is a file with one good target, to which lines are added from line 6 on.
const one = "targets:\n- name: a\n  api: %s\n  url: %s\n  user: {login: u, password: p}\n"

func saymon(lines string) string   { return fmt.Sprintf(one, "saymon", "https://h") + lines }
func sdm(lines string) string      { return fmt.Sprintf(one, "sdm", "https://h") + lines }
func sessions(lines string) string { return fmt.Sprintf(one, "sessions", "https://h") + lines }
func at(url string) string         { return fmt.Sprintf(one, "sdm", url) }

// Each file has exactly the problems listed, in this order.
var wrongValues = map[string]struct {
	file string
	want []string
}{
	"an unknown key": {sdm("  timout: 10s\n"), []string{"6:3: target \"a\": unknown key `timout`; did you " +
		"mean `timeout`?"}},
	"a key nobody meant": {sdm("  proxy: x\n"), []string{"6:3: target \"a\": unknown key `proxy`; there are " +
		"`name`, `api`, `url`, `user`, `other_user`, `version`"}},
	"a key of another place": {sdm("  password: x\n"), []string{"6:3: target \"a\": unknown key `password`; it " +
		"belongs in `user`"}},
	"nearly a key elsewhere": {sdm("  pasword: x\n"), []string{"6:3: target \"a\": unknown key `pasword`; did you " +
		"mean `password`, which belongs in `user`?"}},
	"an unknown key below": {sdm("  tls: {ca: x}\n"), []string{"6:9: target \"a\": unknown key `ca`"}},
	"an unknown key at the top": {"target:\n- name: a\n" + sdm(""),
		[]string{"1:1: unknown key `target`; did you mean `targets`?"}},
	"a doubled key": {sdm("  url: https://i\n"), []string{"6:3: target \"a\": the key `url` stands here " +
		"twice, first in line 4; remove one"}},
	"a doubled key below": {sdm("  headers: {A: b, \"A\": c}\n"),
		[]string{"6:19: target \"a\": the key `A` stands here twice, first in line 6"}},
	"targets twice": {sdm("") + "targets: []\n", []string{"6:1: the key `targets` stands here twice, " +
		"first in line 1"}},
	"a doubled name": {sdm("- {name: a, api: sdm, url: embedded}\n"),
		[]string{"6:10: target \"a\": this name stands in line 2 too"}},
	"a name that differs by case": {"targets:\n- {name: a, api: sdm, url: embedded}\n- {name: A, api: sdm, url: " +
		"embedded}\n",
		[]string{"3:10: target \"A\": this name differs by case only from \"a\" in line 2, and both name files; change one"}},
	"a name of dots": {"targets:\n- {name: .., api: sdm, url: embedded}\n",
		[]string{"2:10: target \"..\": `name` may hold letters"}},
	"a name with a blank": {"targets:\n- {name: a b, api: sdm, url: embedded}\n",
		[]string{"2:10: target number 1: `name` may hold letters"}},
	"a name with a variable": {"targets:\n- {name: \"${A}\", api: sdm, url: embedded}\n",
		[]string{"2:10: target \"${A}\": `name` may hold letters"}},
	"an empty name": {"targets:\n- {name: \"\", api: sdm, url: embedded}\n",
		[]string{"2:10: target number 1: `name` is empty"}},
	"a long name": {"targets:\n- {name: " + strings.Repeat("a", 101) + ", api: sdm, url: embedded}\n",
		[]string{"2:10: target number 1: `name` is longer than 100 letters"}},
	"a number as name": {"targets:\n- {name: 007, api: sdm, url: embedded}\n",
		[]string{"2:10: target number 1: `name` must be text, not a number; quote it: \"007\""}},
	"nothing that is required": {"targets:\n- strict: true\n", []string{"2:3: target number 1: `name` is missing",
		"2:3: target number 1: `api` is missing; add `api:` with `saymon`, `sdm` or `sessions`",
		"2:3: target number 1: `url` is missing"}},
	"an unknown api": {"targets:\n- {name: a, api: saymn, url: embedded}\n",
		[]string{"2:18: target \"a\": unknown api `saymn`; write `saymon`, `sdm` or `sessions`; did you mean `saymon`?"}},
	"no user": {"targets:\n- {name: a, api: sdm, url: https://h}\n",
		[]string{"2:3: target \"a\": `user` is missing; add `user: {login: …, password: …}`"}},
	"no password": {"targets:\n- {name: a, api: sdm, url: https://h, user: {login: x}}\n",
		[]string{"2:45: target \"a\": `password` is missing in `user`"}},
	"an empty password": {"targets:\n- {name: a, api: sdm, url: https://h, user: {login: x, password: ''}}\n",
		[]string{"2:66: target \"a\": `user.password` is empty"}},
	"a password of digits": {"targets:\n- {name: a, api: sdm, url: https://h, user: {login: x, password: 0123}}\n",
		[]string{"2:66: target \"a\": `user.password` must be text, not a number; quote it\n"}},
	"an ID of digits and an e": {saymon("  other_user: {id: 64100e22}\n"),
		[]string{"6:20: target \"a\": `other_user.id` must be text, not a number; quote it: \"64100e22\""}},
	"a version as number": {sdm("  product: {version: 3.21}\n"),
		[]string{"6:22: target \"a\": `product.version` must be text, not a number; quote it: \"3.21\""}},
	"true as text": {sdm("  product: {name: true}\n"),
		[]string{"6:19: target \"a\": `product.name` must be text, not true or false; quote it"}},
	"yes for true": {sdm("  strict: yes\n"), []string{"6:11: target \"a\": `strict` must be true or " +
		"false, not text; write one of them, without quotation marks"}},
	"text for a mapping": {"targets:\n- {name: a, api: sdm, url: https://h, user: admin}\n",
		[]string{"2:45: target \"a\": `user` must be keys with values, not text"}},
	"text for a list": {sdm("  without: xml\n"), []string{"6:12: target \"a\": `without` must be a list, " +
		"not text; write [a, b]"}},
	"nothing": {sdm("  headers:\n"), []string{"target \"a\": `headers` is empty; give it a value, " +
		"or remove it"}},
	"a time without unit": {sdm("  timeout: 10\n"), []string{"6:12: target \"a\": `timeout` has no unit; write " +
		"seconds as 10s"}},
	"a quoted time without unit": {sdm("  timeout: \"10\"\n"), []string{"6:12: target \"a\": `timeout` has no unit; " +
		"write seconds as 10s"}},
	"a time of another form": {sdm("  timeout: ten seconds\n"),
		[]string{"6:12: target \"a\": `timeout` is not a time such as 10s"}},
	"no time": {sdm("  timeout: 0s\n"),
		[]string{"6:12: target \"a\": `timeout` must be longer than zero"}},
	"a time before": {sdm("  timeout: -1s\n"),
		[]string{"6:12: target \"a\": `timeout` must be longer than zero"}},
	"no concurrency": {sdm("  concurrency: 0\n"),
		[]string{"6:16: target \"a\": `concurrency` must be 1 or more"}},
	"negative concurrency": {sdm("  concurrency: -8\n"),
		[]string{"6:16: target \"a\": `concurrency` must be 1 or more"}},
	"concurrency and a half": {sdm("  concurrency: 1.5\n"),
		[]string{"6:16: target \"a\": `concurrency` must be a whole number; write it in plain digits"}},
	"concurrency without end": {sdm("  concurrency: 1e999999999\n"),
		[]string{"6:16: target \"a\": `concurrency` must be a whole number"}},
	"another scheme": {at("ftp://h"), []string{"4:8: target \"a\": `url` must begin with http:// or " +
		"https:// (or write: embedded)"}},
	"no scheme": {at("h:8080"), []string{"4:8: target \"a\": `url` must begin with http:// or https://"}},
	"Embedded": {at("Embedded"),
		[]string{"4:8: target \"a\": `url` must be `embedded` in small letters"}},
	"a user in the address": {at("https://u:secret@h"),
		[]string{"4:8: target \"a\": `url` holds a user or password"}},
	"a query":                 {at("https://h?x=1"), []string{"4:8: target \"a\": `url` must end with its path"}},
	"a bare question mark":    {at("https://h/?"), []string{"4:8: target \"a\": `url` must end with its path"}},
	"a fragment":              {at("'https://h/#'"), []string{"4:8: target \"a\": `url` must end with its path"}},
	"no host":                 {at("https:///x"), []string{"4:8: target \"a\": `url` names no host"}},
	"a port that is none":     {at("https://h:99999"), []string{"4:8: target \"a\": `url` has a port that is none"}},
	"a blank in the address":  {at("https://h/a b"), []string{"4:8: target \"a\": `url` holds a blank"}},
	"an address that is none": {at("'https://[::1'"), []string{"4:8: target \"a\": `url` is not an address"}},
	"a key of sessions": {saymon("  node: {a: b}\n"), []string{"6:3: target \"a\": `node` is for sessions " +
		"targets only; remove it"}},
	"a key of saymon": {sdm("  keycloak: {token: x}\n"),
		[]string{"6:3: target \"a\": `keycloak` is for saymon targets only; remove it"}},
	"keys of sdm": {sessions("  probe: /x\n  version: v1\n"),
		[]string{"6:3: target \"a\": `probe` is for sdm targets only",
			"7:3: target \"a\": `version` is for sdm targets only"}},
	"a feature of another API": {saymon("  without: [email, token]\n"),
		[]string{"6:20: target \"a\": `without` of a saymon target takes `email`, `auth-token` or `keycloak`, not `token`"}},
	"a near feature": {sdm("  without:\n  - log-out\n"),
		[]string{"7:5: target \"a\": `without` of a sdm target takes `xml`, `json`, `probe` or `logout`, not `log-out`; " +
			"did you mean `logout`?"}},
	"a feature twice": {sdm("  without: [xml, xml]\n"),
		[]string{"6:18: target \"a\": `xml` stands twice in `without`"}},
	"xml and json": {sdm("  without: [xml, json]\n"),
		[]string{"6:12: target \"a\": `without` names xml and json, so nothing is left to ask"}},
	"a probe without slash": {sdm("  probe: admin\n"), []string{"6:10: target \"a\": `probe` must begin with /"}},
	"a probe with all its path": {sdm("  probe: /rest/v1.3/admin\n"),
		[]string{"6:10: target \"a\": `probe` lies below /rest/{version} already"}},
	"a version without v": {sdm("  version: \"1.3\"\n"),
		[]string{"6:12: target \"a\": `version` must begin with v and a digit"}},
	"a version of two parts": {sdm("  version: v1/3\n"), []string{"6:12: target \"a\": `version` must begin with v"}},
	"a keycloak without ground": {saymon("  keycloak: {scope: x}\n"),
		[]string{"6:13: target \"a\": `keycloak` has neither a token nor an issuer"}},
	"an empty keycloak": {saymon("  keycloak: {}\n"), []string{"6:13: target \"a\": `keycloak` has neither a " +
		"token nor an issuer"}},
	"an empty token": {saymon("  keycloak: {token: ''}\n"),
		[]string{"6:21: target \"a\": `keycloak.token` is empty"}},
	"keycloak's two forms": {saymon("  keycloak: {issuer: https://k, token: x}\n"),
		[]string{"6:33: target \"a\": `keycloak` takes `token` alone, or `issuer`"}},
	"an empty expired token": {saymon("  keycloak: {token: x, expired_token: ''}\n"),
		[]string{"6:39: target \"a\": `keycloak.expired_token` is empty"}},
	"refused tokens alone": {saymon("  keycloak: {expired_token: x, other_realm_token: y}\n"),
		[]string{"6:13: target \"a\": `keycloak` has neither a token nor an issuer"}},
	"an issuer without client": {saymon("  keycloak: {issuer: https://k}\n"),
		[]string{"6:14: target \"a\": `keycloak.issuer` needs `keycloak.client_id`; give both"}},
	"a username without word": {saymon("  keycloak: {issuer: https://k, client_id: c, username: u}\n"),
		[]string{"6:47: target \"a\": `keycloak.username` needs `keycloak.password`; give both"}},
	"a word without username": {saymon("  keycloak: {issuer: https://k, client_id: c, username: '', password: p}\n"),
		[]string{"6:61: target \"a\": `keycloak.password` needs `keycloak.username`; give both"}},
	"an issuer that is none": {saymon("  keycloak: {issuer: k, client_id: c}\n"),
		[]string{"6:22: target \"a\": `keycloak.issuer` must begin with http:// or https://"}},
	"an unknown key of its tls": {saymon("  keycloak: {issuer: https://k, client_id: c, tls: {ca: x}}\n"),
		[]string{"6:53: target \"a\": unknown key `ca`"}},
	"keycloak's key alone": {saymon("  keycloak: {issuer: https://k, client_id: c, tls: {key_file: k.pem}}\n"),
		[]string{"6:53: target \"a\": `keycloak.tls.key_file` needs `keycloak.tls.cert_file`; give both"}},
	"keycloak's files": {saymon("  keycloak: {issuer: https://k, client_id: c, tls: {ca_file: x.pem}}\n"),
		[]string{"6:62: target \"a\": `keycloak.tls.ca_file`: cannot read "}},
	"keycloak's no certificate": {saymon("  keycloak: {issuer: https://k, client_id: c, tls: {ca_file: k.pem}}\n"),
		[]string{"6:62: target \"a\": `keycloak.tls.ca_file` holds a private key and no certificate"}},
	"tls beside a token": {saymon("  keycloak: {token: x, tls: {ca_file: ca.pem}}\n"),
		[]string{"6:14: target \"a\": `keycloak` takes `token` alone, or `issuer`"}},
	"keycloak's tls as text": {saymon("  keycloak: {issuer: https://k, client_id: c, tls: ca.pem}\n"),
		[]string{"6:52: target \"a\": `keycloak.tls` must be keys with values, not text"}},
	"a certificate without key": {sdm("  tls: {cert_file: c.pem}\n"),
		[]string{"6:9: target \"a\": `tls.cert_file` needs `tls.key_file`; give both"}},
	"a key without certificate": {sdm("  tls: {key_file: k.pem}\n"),
		[]string{"6:9: target \"a\": `tls.key_file` needs `tls.cert_file`; give both"}},
	"files that are not there": {sdm("  tls: {ca_file: x.pem}\n"),
		[]string{"6:18: target \"a\": `tls.ca_file`: cannot read "}},
	"a folder for a file": {sdm("  tls: {ca_file: .}\n"),
		[]string{"6:18: target \"a\": `tls.ca_file`: cannot read "}},
	"no certificate": {sdm("  tls: {ca_file: k.pem}\n"),
		[]string{"6:18: target \"a\": `tls.ca_file` holds a private key and no certificate"}},
	"no pair": {sdm("  tls: {cert_file: k.pem, key_file: c.pem}\n"),
		[]string{"6:20: target \"a\": `tls.cert_file` holds the key, and key_file the certificate; exchange the two"}},
	"a waiver of half": {saymon("  waivers:\n  - clause: saymon-cookie-path\n"),
		[]string{"7:5: target \"a\": `reason` is missing in `waivers`",
			"7:5: target \"a\": `until` is missing in `waivers`"}},
	"a waiver of nothing": {saymon("  waivers:\n  - {clause: saymon-cookie-pth, reason: '', until: 2027-02-30}\n"),
		[]string{"7:14: target \"a\": unknown clause `saymon-cookie-pth` of saymon; did you mean `saymon-cookie-path`?",
			"7:41: target \"a\": `waivers.reason` is empty",
			"7:52: target \"a\": `waivers.until` is not a day; write it as 2027-01-31"}},
	"a clause of another API": {sdm("  waivers: [{clause: saymon-cookie-path, reason: r, until: 2027-01-31}]\n"),
		[]string{"6:22: target \"a\": unknown clause `saymon-cookie-path` of sdm; `conformance clauses` lists them"}},
	"a clause waived twice": {sdm("  waivers:\n  - &w {clause: sdm-login, reason: r, until: 2027-01-31}\n  - {<<: " +
		"*w, reason: s, clause: sdm-login}\n"), []string{"8:33: target \"a\": this clause is waived in line 7 too"}},
	"JSON with tabs": {"{\n\t\"targets\": [\n\t\t{\"name\": \"a\", \"api\": \"sdm\", \"url\": \"x\", " +
		"\"timout\": 1}\n\t]\n}\n", []string{"3:3: target \"a\": `user` is missing", "3:38: target \"a\": `url` must begin",
		"3:43: target \"a\": unknown key `timout`"}},
	"JSON with tabs within": {"{\"targets\": [\t{\"name\":\t\"a\",\t\"apii\": 1, \"api\": \"sdm\", \"url\": " +
		"\"embedded\"}]}",
		[]string{"1:29: target \"a\": unknown key `apii`; did you mean `api`?"}},
	"an empty key": {sdm("  '': x\n"), []string{"6:3: target \"a\": unknown key; there are "}},
	"a bare word that is a key": {"targets:\n- {name: a, api: sdm, url: https://h, user: {login: x, email, password: " +
		"y}}\n",
		[]string{"2:56: target \"a\": a word without `: value` stands here"}},
	"a header's name": {sdm("  headers: {\"a b\": c}\n"),
		[]string{"6:13: target \"a\": this header's name is not allowed in HTTP"}},
	"a header's value": {sdm("  headers: {A: \"b\\nC: d\"}\n"),
		[]string{"6:16: target \"a\": `headers` holds a line end or control character"}},
	"a header in two spellings": {sdm("  headers:\n    X-A: b\n    x-a: c\n"),
		[]string{"8:5: target \"a\": the header `x-a` stands here twice, first in line 7: case does not count"}},
	"a header of a number": {sdm("  headers: {A: 1}\n"), []string{"6:16: target \"a\": `headers` must be text, " +
		"not a number; quote it"}},
	"a number as a key": {sdm("  headers: {\"A\": b, 1: c}\n"),
		[]string{"6:21: target \"a\": a key must be text; put it in quotation marks"}},
	"a comma in a password": {"targets:\n- {name: a, api: sdm, url: https://h, user: {login: x, password: ab,cd}}\n",
		[]string{"2:69: target \"a\": a word without `: value` stands here; a value with a comma in it needs quotation marks"}},
	"a number that is not JSON": {sessions("  node: {a: [0x1F]}\n"),
		[]string{"6:14: target \"a\": this number in `node` is not one in JSON"}},
	"a target that is text": {"targets:\n- saymon\n", []string{"2:3: target number 1: the target must be keys " +
		"with values, not text"}},
	"no targets": {"targets: []\n", []string{"1:10: `targets` is empty; list at least one target"}},
	"targets without a list": {"targets:\n  name: a\n", []string{"2:3: `targets` must be a list of targets, not " +
		"keys with values"}},
	"an empty targets":       {"targets:\n", []string{"`targets` must be a list of targets, not nothing"}},
	"a list at the top":      {"- name: a\n", []string{"1:1: the file must begin with `targets:`, not with a list"}},
	"text at the top":        {"targets\n", []string{"1:1: the file must begin with `targets:`, not with text"}},
	"another key at the top": {"{}\n", []string{"1:1: the file has no `targets:` at its left margin"}},
}

func TestWrongValues(t *testing.T) {
	for name, tt := range wrongValues {
		t.Run(name, func(t *testing.T) {
			path := folderWith(t, tt.file)
			_, err := Load(path, nil, clauses)
			var wrong *Error
			if !errors.As(err, &wrong) {
				t.Fatalf("got %v, want an *Error", err)
			}
			for i, want := range tt.want {
				if i >= len(wrong.Problems) {
					t.Fatalf("missing: %s\ngot:\n%v", want, err)
				}
				got := wrong.Problems[i].String()
				if !strings.Contains(got, want) || !strings.HasPrefix(got, path+":") {
					t.Errorf("got  %s\nwant %s", got, want)
				}
			}
			if len(wrong.Problems) > len(tt.want) {
				t.Errorf("more than wanted:\n%v", err)
			}
		})
	}
}
