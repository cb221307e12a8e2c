import { z } from 'zod'
import { oauthClientId } from '@shared/domain/session'
import { done, ok } from '../answer'
import { loginFailed } from '../api-problem'
import { accountNamed, credentialsSchema, findAccount, tokenSet } from '../credentials'
import { operationWithBody, type Operation } from '../operation'

const client = { client_id: z.literal(oauthClientId) }

const grantSchema = z.discriminatedUnion('grant_type', [
  credentialsSchema.extend({ ...client, grant_type: z.literal('password'), scope: z.string().optional() }),
  z.object({ ...client, grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
])

/** The form-encoded sign-in, the only one before 22.2; later versions still support it. */
export const oauthOperations: readonly Operation[] = [
  operationWithBody({
    method: 'POST',
    path: '/login/oauth/token',
    allow: 'anyone',
    body: grantSchema,
    answer: ({ world, address, body, faults }) => {
      if (body.grant_type === 'password')
        return ok(tokenSet(world.sessions.open(findAccount(world, address, body)), world))
      if (faults.refuseRefresh) throw loginFailed()
      return ok(tokenSet(world.sessions.refresh(body.refresh_token, accountNamed(world, faults.renewsAs)), world))
    },
  }),
  operationWithBody({
    method: 'POST',
    path: '/login/oauth/revoke',
    allow: 'anyone',
    body: z.object({ token: z.string(), client_id: z.literal(oauthClientId).optional() }),
    answer: ({ world, body }) => {
      world.sessions.closeByToken(body.token)
      return done
    },
  }),
]
