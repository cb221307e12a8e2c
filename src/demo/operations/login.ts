import { noContent, ok } from '../answer'
import { toStamp } from '../clock'
import { credentialsSchema, findAccount } from '../credentials'
import { effectiveRole } from '../effective-role'
import { operation, operationWithBody, type Operation } from '../operation'

export const cookieName = 'portal_session'

/** The portal's own sign-in with a cookie; GET /login returns token and role of the caller. */
export const loginOperations: readonly Operation[] = [
  operationWithBody({
    method: 'POST',
    path: '/login',
    allow: 'anyone',
    body: credentialsSchema,
    answer: ({ world, address, body }) => {
      const cookie = world.sessions.openCookie(findAccount(world, address, body))
      return { status: 200, headers: { 'set-cookie': `${cookieName}=${cookie}; Path=/; Secure; HttpOnly` } }
    },
  }),
  operation({
    method: 'GET',
    path: '/login',
    allow: 'signed-in',
    evenWithForcedReset: true,
    answer: ({ world, session }) => {
      const current = session()
      const { accessToken, expiresAt } = current
      return ok({
        access_token: accessToken,
        expires_at: toStamp(expiresAt + world.clock.skewSeconds * 1000),
        expires_in: Math.max(0, Math.floor((expiresAt - world.clock.now()) / 1000)),
        role: effectiveRole(world, current),
      })
    },
  }),
  operation({
    method: 'POST',
    path: '/logout',
    allow: 'signed-in',
    evenWithForcedReset: true,
    answer: ({ world, session }) => {
      world.sessions.close(session())
      return noContent
    },
  }),
]
