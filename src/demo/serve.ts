import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PracticeFaults } from '@shared/domain/practice'
import type { Answer } from './answer'
import {
  ApiProblem,
  notFound,
  notSignedIn,
  notYourRole,
  passwordChangeRequired,
  validationProblem,
} from './api-problem'
import { requireCapability } from './capabilities'
import { deliver } from './deliver'
import type { RawQuery } from './list-query'
import type { Call, Operation } from './operation'
import { cookieName } from './operations/login'
import { withoutSecrets, type Recorder } from './recorder'
import { effectiveRole, restrictedTo } from './effective-role'
import type { Session } from './sessions'
import { spoil } from './spoil'
import type { World } from './world'

const addressOf = (request: FastifyRequest): string => request.ip.replace(/^::ffff:/, '')

function findSession(world: World, { authorization, cookie }: IncomingHttpHeaders): Session {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  const cookieToken = new RegExp(`(?:^|; *)${cookieName}=([^;]+)`).exec(cookie ?? '')?.[1]
  if (token === undefined && cookieToken === undefined) throw notSignedIn()
  return world.sessions.require(token, cookieToken)
}

function readBody(request: FastifyRequest): unknown {
  const text = typeof request.body === 'string' ? request.body : ''
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  try {
    if (type.startsWith('application/json')) return JSON.parse(text) as unknown
  } catch {
    // Reported below, like any other unreadable body.
  }
  throw validationProblem([{ field: '', message: 'The body is not JSON' }])
}

function perform(
  world: World,
  operation: Operation | undefined,
  request: FastifyRequest,
  faults: PracticeFaults,
  address: string,
): Answer {
  world.lockOut.check(address)
  world.throttle.spend(address)
  if (operation === undefined) throw notFound('The path')
  const { allow } = operation
  const session = () => findSession(world, request.headers)
  if (allow !== 'anyone') {
    const current = session()
    const role = operation.byAccount === true ? current.account.role : effectiveRole(world, current)
    if (current.account.mustChange && operation.evenWithForcedReset !== true) throw passwordChangeRequired()
    if (allow !== 'signed-in' && !allow.includes(role)) throw notYourRole()
    if (role === 'SystemAdmin') requireCapability(restrictedTo(world, current), operation, world.options.version)
  }
  const requested = request.query as RawQuery
  const query = faults.ignoresSkip === true ? { ...requested, skip: undefined } : requested
  const params = request.params as Readonly<Record<string, string | undefined>>
  const body = operation.takesBody ? readBody(request) : operation.takesBytes === true ? request.body : undefined
  const headers = request.headers as Call<unknown>['headers']
  return operation.answer({ world, query, headers, params, body, address, faults, session })
}

export const problemAnswer = (error: ApiProblem): Answer => ({
  status: error.status,
  headers: error.headers,
  body: error.body(),
})

/** The response of faults that prevent the operation. */
function refusal(faults: PracticeFaults, method: string, path: string): Answer | undefined {
  if (faults.redirect) {
    const location = faults.redirectTo ?? `https://other.example/api${path}`
    return { status: faults.redirectStatus ?? 302, headers: { location } }
  }
  if (faults.ignoresWrites === true && method === 'POST') return { status: 200, body: {} }
  if (faults.status === 0) return undefined
  const headers: Record<string, string> = faults.retryAfter === undefined ? {} : { 'retry-after': faults.retryAfter }
  if (faults.status === 401) return problemAnswer(notSignedIn())
  if (faults.status === 403) return problemAnswer(notYourRole())
  return problemAnswer(
    new ApiProblem(faults.status, 'UNKNOWN', 'The practice server is set to fail', undefined, headers),
  )
}

const bodyForRecord = (request: FastifyRequest): unknown => {
  try {
    // Chunks of a file are not recorded.
    if (request.body === undefined || request.body === '' || Buffer.isBuffer(request.body)) return undefined
    return readBody(request)
  } catch {
    return request.body
  }
}

/** Handles one request: the operation creates the response, then faults change it. */
export async function serve(
  { world, recorder, peer }: { readonly world: World; readonly recorder: Recorder; readonly peer?: string },
  operation: Operation | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.hijack()
  const path = request.url.replace(/^\/api/, '').replace(/\?.*$/, '')
  const faults = world.faults.faultsFor(request.method, path)
  const { commitsLateMs } = faults
  if (commitsLateMs !== undefined && request.method === 'POST') {
    reply.raw.destroy()
    await delay(commitsLateMs, undefined, { ref: false })
  }
  const address = peer ?? addressOf(request)
  let answer = refusal(faults, request.method, path)
  try {
    answer ??= perform(world, operation, request, faults, address)
  } catch (error) {
    answer = problemAnswer(error instanceof ApiProblem ? error : new ApiProblem(500, 'UNKNOWN', String(error)))
  }
  const { status, body } = answer
  recorder.record(() => ({
    method: request.method,
    path,
    query: request.query as RawQuery,
    headers: withoutSecrets(request.headers),
    body: bodyForRecord(request),
    address,
    status,
    answer: body,
  }))
  if (faults.holdReplies === true) await world.faults.released()
  if (faults.latencyMs > 0) await delay(faults.latencyMs, undefined, { ref: false })
  if (reply.raw.destroyed) return
  reply.raw.setHeader('date', new Date(world.clock.shown()).toUTCString())
  const { skip = '0' } = request.query as RawQuery
  deliver(reply.raw, spoil(answer, faults, Number(skip), path), faults)
}
