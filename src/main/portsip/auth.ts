import { z } from 'zod'
import { clipText } from '@shared/domain/clip-text'
import { authUserSchema, oauthClientId, tokenSetSchema, type TokenSet } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import { replyValues } from '@shared/limits/reply'
import type { HttpRequest, PbxHttp } from './http'
import { validate } from './read-json'

/** `auth`: the operations under /auth, from 22.2 on. `oauth`: the form that older servers use. */
export type SignInApi = 'auth' | 'oauth'

export interface Credentials {
  readonly username: string
  readonly password: string
  /** SIP domain of a tenant; empty for a system administrator or a dealer. */
  readonly domain: string
}

export type SignInAnswer =
  | { readonly kind: 'tokens'; readonly api: SignInApi; readonly tokens: TokenSet }
  | { readonly kind: 'otp'; readonly token: string }

type Signal = AbortSignal | undefined

/** Tokens, or a token for a verification code. */
const signInSchema = z.looseObject({
  ...tokenSetSchema.shape,
  access_token: tokenSetSchema.shape.access_token.nullish(),
  two_factor_enabled: z.boolean().nullish(),
  token: z.string().min(1).nullish(),
})

const post = (path: string, content: Pick<HttpRequest, 'body' | 'form' | 'token'>, signal: Signal): HttpRequest => ({
  operation: `POST ${path}`,
  method: 'POST',
  path,
  ...content,
  signIn: true,
  signal,
})

const isNotFound = (error: unknown): boolean => error instanceof FleetError && error.detail.status === 404

const oauth = (http: PbxHttp, grant: Readonly<Record<string, string>>, signal: Signal): Promise<TokenSet> => {
  const form = { ...grant, scope: 'all', client_id: oauthClientId }
  return http.json(post('/login/oauth/token', { form }, signal), tokenSetSchema)
}

function serverNotFound(domain: string, operation: string): FleetError {
  const detail = { code: 'not-found', operation, status: 404 } as const
  if (domain !== '') {
    const message = 'No tenant with this domain on the PBX'
    return new FleetError({ ...detail, message, hint: 'System administrators and dealers leave the domain empty.' })
  }
  const hint = 'The default port of the REST API is 8887.'
  return new FleetError({ ...detail, message: 'This server is not a PortSIP PBX', hint })
}

/**
 * POST /auth/sign_in, or POST /login/oauth/token if /auth is missing. An unknown domain is also a 404, so both are
 * tried before `not-found`.
 * Errors: `refused`, `denied`, `not-found`, `rejected`; a refused password is not sent again.
 */
export async function signIn(http: PbxHttp, credentials: Credentials, signal: Signal): Promise<SignInAnswer> {
  const { username, password, domain } = credentials
  const body = { username, password, ...(domain !== '' && { domain }) }
  try {
    const answer = await http.json(post('/auth/sign_in', { body }, signal), signInSchema)
    // A token set may also report a second factor. A code is requested only if there is a token for it.
    const { access_token, two_factor_enabled, token } = answer
    if (token && (two_factor_enabled === true || !access_token)) return { kind: 'otp', token }
    return { kind: 'tokens', api: 'auth', tokens: validate(tokenSetSchema, answer, 'POST /auth/sign_in') }
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  try {
    return { kind: 'tokens', api: 'oauth', tokens: await oauth(http, { grant_type: 'password', ...body }, signal) }
  } catch (error) {
    throw isNotFound(error) ? serverNotFound(domain, 'POST /login/oauth/token') : error
  }
}

/** POST /auth/send_otp: the PBX sends a code by email. */
export const sendOtp = (http: PbxHttp, token: string, signal: Signal): Promise<void> =>
  http.nothing(post('/auth/send_otp', { body: { token } }, signal))

/** POST /auth/verify_otp. Its response is not documented; it is the token set. */
export const verifyOtp = (http: PbxHttp, token: string, code: string, signal: Signal): Promise<TokenSet> =>
  http.json(post('/auth/verify_otp', { body: { token, code } }, signal), tokenSetSchema)

/**
 * POST /auth/refresh_token, or the refresh grant of older servers. The old refresh token is void once this was sent.
 */
export function renew(http: PbxHttp, api: SignInApi, refreshToken: string, signal?: AbortSignal): Promise<TokenSet> {
  if (api === 'oauth') return oauth(http, { grant_type: 'refresh_token', refresh_token: refreshToken }, signal)
  const body = { refresh_token: refreshToken }
  return http.json(post('/auth/refresh_token', { body }, signal), tokenSetSchema)
}

/** Like `renew`, for a token of an earlier run: tries both forms. */
export async function renewWithEither(
  http: PbxHttp,
  refreshToken: string,
  signal: Signal,
): Promise<{ readonly api: SignInApi; readonly tokens: TokenSet }> {
  try {
    return { api: 'auth', tokens: await renew(http, 'auth', refreshToken, signal) }
  } catch (error) {
    if (!isNotFound(error)) throw error
    return { api: 'oauth', tokens: await renew(http, 'oauth', refreshToken, signal) }
  }
}

/** POST /auth/sign_out or POST /login/oauth/revoke. */
export function signOut(http: PbxHttp, api: SignInApi, token: string): Promise<void> {
  if (api === 'auth') return http.nothing(post('/auth/sign_out', { token }, undefined))
  return http.nothing(post('/login/oauth/revoke', { token, form: { token, client_id: oauthClientId } }, undefined))
}

export interface Whoami {
  /** Undefined if the response has no role. */
  readonly role: string | undefined
  /** Whether the password must be changed first; undefined on older servers. */
  readonly passwordForceReset: boolean | undefined
  /** For a tenant's account, from 22.3 on: its domain. */
  readonly domain: string | undefined
  /** From 22.3 on: what the role may do, such as `Trunk.FullAccess`. */
  readonly capabilities: readonly string[] | undefined
}

const roleMax = replyValues.roleCharacters
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
/** Repeated ones count once, so that they do not push others over the limit. */
const capabilitiesOf = (value: unknown): readonly string[] | undefined => {
  if (!Array.isArray(value)) return undefined
  const texts = value.filter((each) => typeof each === 'string').map((each) => clipText(each, roleMax))
  return [...new Set(texts)].slice(0, replyValues.capabilities)
}
const dealerSchema = z.looseObject({ id: z.string().min(1), name: z.string().nullish() })

/** The paths that report the role, by the sign-in that the PBX accepted; the second one is for a PBX without the first. */
const rolePaths = { auth: ['/auth/user', '/login'], oauth: ['/login', '/auth/user'] } as const

/** Reads at the path that reports the role, or at the other one if the PBX does not have the first. */
export async function atRolePath<T>(api: SignInApi, read: (path: string) => Promise<T>): Promise<T> {
  const [first, second] = rolePaths[api]
  try {
    return await read(first)
  } catch (error) {
    if (isNotFound(error)) return read(second)
    throw error
  }
}

/**
 * GET /auth/user, or GET /login on an older server, of which only these fields are kept (it also returns a token). The
 * other one is asked if the first is not found.
 */
export async function whoami(http: PbxHttp, api: SignInApi, token: string, signal: Signal): Promise<Whoami> {
  const user = await atRolePath(api, (path) =>
    http.json({ operation: `GET ${path}`, method: 'GET', path, token, signal }, authUserSchema),
  )
  return {
    role: user.role ? clipText(user.role, roleMax) : undefined,
    passwordForceReset: user.password_force_reset ?? undefined,
    domain: textOf(user['domain']),
    capabilities: capabilitiesOf(user['capabilities']),
  }
}

/** GET /dealer: ID and username of the dealer who is signed in. */
export async function ownDealer(
  http: PbxHttp,
  token: string,
  signal: Signal,
): Promise<{ readonly id: string; readonly name: string | undefined }> {
  const path = '/dealer'
  const { id, name } = await http.json({ operation: `GET ${path}`, method: 'GET', path, token, signal }, dealerSchema)
  return { id, name: name ?? undefined }
}
