// SAYMON's sessions on Fastify. What the documents say is written here; everything else is left to the framework.
// WITH names habits and mistakes, separated by commas; USERS is a JSON list of accounts. It prints its address.
import { createHash, randomUUID, scryptSync, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import rateLimit from '@fastify/rate-limit'

const chosen = new Set((process.env.WITH ?? '').split(',').filter(Boolean))
const has = name => chosen.has(name)
const hash = text => scryptSync(text, 'salt', 32, { N: 1024 })
const users = JSON.parse(process.env.USERS).map(u => ({ ...u, token: null, failed: [], hash: hash(stored(u.password)) }))
const sessions = new Map()

function stored (password) {
  if (has('password-trimmed')) return password.trim()
  if (has('password-in-one-case')) return password.toLowerCase()
  if (has('password-of-72-bytes')) return Buffer.from(password).subarray(0, 72).toString('latin1')
  if (has('password-normalized')) return password.normalize('NFKD').replace(/\p{M}/gu, '')
  return password
}

const app = Fastify({ bodyLimit: 64 * 1024, trustProxy: true, ...(has('reads-any-body') ? {} : {}) })
await app.register(cookie, { secret: 'a secret of some length' })
if (has('gzip')) await app.register(compress, { threshold: 0 })
if (has('limit')) await app.register(rateLimit, { max: 20, timeWindow: 1000 })
if (has('csrf')) await app.register(csrf, { cookieKey: 'csrf', cookieOpts: { path: '/' } })

class Refused extends Error {
  constructor (statusCode, message) { super(message); this.statusCode = statusCode }
}

function right (user, password) {
  if (has('password-compared-loosely')) return password == user.password || password === true // eslint-disable-line eqeqeq
  if (typeof password !== 'string') throw new Refused(400, 'body/password must be string')
  return timingSafeEqual(hash(stored(password)), user.hash)
}

function byPassword (login, password) {
  const find = u => {
    if (has('login-as-a-pattern')) return new RegExp('^' + login + '$', 'i').test(u.login)
    if (has('login-by-beginning')) return u.login.startsWith(login)
    return u.login === login || (u.email && u.email === login)
  }
  if (typeof login !== 'string') {
    if (has('query-objects') && login && typeof login === 'object') return users[0]
    throw new Refused(400, 'body/login must be string')
  }
  const user = users.find(find)
  if (!user) throw new Refused(401, 'Invalid login or password.')
  if (has('lockout')) {
    user.failed = user.failed.filter(t => Date.now() - t < 60_000)
    if (user.failed.length >= 3) throw new Refused(403, 'The account is locked.')
  }
  if (has('query-objects') && password && typeof password === 'object') return user
  const promise = has('promise-not-awaited') ? Promise.resolve(right(user, password)) : right(user, password)
  if (!promise) {
    user.failed.push(Date.now())
    throw new Refused(401, 'Invalid login or password.')
  }
  user.failed = []
  return user
}

function byToken (token) {
  if (has('null-token-matches-nobody-s')) {
    const found = users.find(u => u.token == token) // eslint-disable-line eqeqeq
    if (found) return found
  }
  if (typeof token !== 'string') throw new Refused(400, 'body/auth-token must be string')
  const user = users.find(u => u.token !== null && u.token === token)
  if (!user) throw new Refused(401, 'Invalid API token.')
  return user
}

function byBasic (request) {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ')
  if (!/^basic$/i.test(scheme)) return null
  const text = Buffer.from(value ?? '', 'base64').toString(has('basic-is-latin-1') ? 'latin1' : 'utf8')
  if (has('basic-password-ends-at-a-colon')) return byPassword(text.split(':')[0], text.split(':')[1])
  const colon = text.indexOf(':')
  if (has('basic-by-login-alone')) return users.find(u => u.login === text.slice(0, colon))
  return byPassword(text.slice(0, colon), text.slice(colon + 1))
}

function bySession (request) {
  let id = request.cookies.sid
  if (has('session-by-beginning') && id) id = [...sessions.keys()].find(k => k.startsWith(id.slice(0, 8)))
  if (has('session-in-a-plain-object')) {
    const plain = Object.fromEntries(sessions)
    const found = plain[id]
    return found ? (found.user ?? users[0]) : null
  }
  const session = sessions.get(id)
  if (!session) return null
  if (has('session-lives-a-second') && Date.now() - session.made > 1000) return null
  if (has('session-works-three-times') && ++session.used > 3) return null
  return session.user
}

function whoAsks (request) {
  const token = request.query['api-token']
  if (token !== undefined) return byToken(token)
  return byBasic(request) ?? bySession(request) ?? (() => { throw new Refused(401, 'Not logged in.') })()
}

function open (reply, user) {
  if (has('cap')) {
    const mine = [...sessions].filter(([, s]) => s.user === user)
    if (mine.length >= 5) sessions.delete(mine[0][0])
  }
  const id = has('session-by-user') ? createHash('md5').update(user.login).digest('hex') : randomUUID()
  sessions.set(id, { user, made: Date.now(), used: 0 })
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: 'auto' }
  if (has('cookie-without-a-path')) delete options.path
  if (has('cookie-signed')) options.signed = true
  if (has('cookie-of-a-minute-ago')) options.maxAge = 0
  reply.setCookie(has('cookie-connect-sid') ? 'connect.sid' : 'sid', id, options)
  if (has('csrf')) reply.generateCsrf()
  if (has('answers-an-object')) return { sid: id }
  if (has('answers-without-quotation-marks')) return id
  return reply.type('application/json').send(JSON.stringify(id))
}

app.post('/node/api/users/session', async (request, reply) => {
  const body = request.body
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new Refused(400, 'body must be object')
  if ('auth-service' in body) throw new Refused(400, 'body/auth-service must be equal to one of the allowed values')
  if (has('session-before-the-password')) { // "regenerate later" was forgotten
    const id = randomUUID()
    reply.setCookie('sid', id, { path: '/' })
    const user = users.find(u => u.login === body.login)
    if (user) sessions.set(id, { user, made: Date.now(), used: 0 })
  }
  if ('auth-token' in body) return open(reply, byToken(body['auth-token']))
  if (has('missing-password-is-no-password') && body.password === undefined) {
    const user = users.find(u => u.login === body.login)
    if (user) return open(reply, user)
  }
  if (body.login === undefined || body.password === undefined) throw new Refused(400, "body must have required property 'login'")
  const user = byPassword(body.login, body.password)
  if (has('user-of-the-body') && body.id) return open(reply, users.find(u => u.id === body.id) ?? user)
  return open(reply, user)
})

app.get('/node/api/users/current', async request => {
  const { id, login, email, token } = whoAsks(request)
  return { id, login, email, authenticationToken: token, permissions: ['manage-users'], status: 'active' }
})

app.post('/node/api/users/:id/auth-token', async (request, reply) => {
  const asks = has('token-without-credentials') ? users[0] : byBasic(request)
  if (!asks) throw new Refused(401, 'Not logged in.')
  const user = users.find(u => u.id === request.params.id) ?? (has('token-for-anybody') ? asks : null)
  if (!user) throw new Refused(404, 'There is no such user.')
  if (!has('one-token-for-ever') || !user.token) user.token = randomUUID()
  return reply.type('application/json').send(JSON.stringify(user.token))
})

app.delete('/node/api/users/:id/auth-token', async (request, reply) => {
  if (!byBasic(request)) throw new Refused(401, 'Not logged in.')
  const user = users.find(u => u.id === request.params.id)
  if (!user) throw new Refused(404, 'There is no such user.')
  user.token = null
  return reply.code(204).send()
})

app.delete('/node/api/users/session', { preHandler: has('csrf') ? app.csrfProtection : undefined }, async (request, reply) => {
  if (!bySession(request)) throw new Refused(401, 'Not logged in.')
  if (!has('logout-takes-the-cookie-only')) sessions.delete(request.cookies.sid)
  return reply.clearCookie('sid', { path: '/' }).code(204).send()
})

app.get('/node/api/users/session/verify/:sid', async request => sessions.has(request.params.sid) ? true : 'false' === 'true')

if (has('error-pages')) {
  app.setErrorHandler((error, request, reply) => reply.code(error.statusCode ?? 500).type('text/html')
    .send(`<!DOCTYPE html><html><head><title>Error</title></head><body><pre>${error.name}: ${error.message}</pre></body></html>`))
}
console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
