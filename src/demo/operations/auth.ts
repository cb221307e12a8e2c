import { z } from 'zod'
import { done, ok } from '../answer'
import { loginFailed } from '../api-problem'
import { everyCapability } from '../capabilities'
import { accountNamed, credentialsSchema, findAccount, tokenSet } from '../credentials'
import { operation, operationWithBody, type Call, type Operation } from '../operation'
import { effectiveRole, restrictedTo } from '../effective-role'
import type { PracticeRole } from '../accounts'

const since = '22.2' as const

const capabilities: Readonly<Record<PracticeRole, readonly string[]>> = {
  SystemAdmin: everyCapability,
  // No document names those of a dealer.
  Dealer: [],
  Admin: ['Extension.FullAccess', 'CallQueue.FullAccess'],
  StandardUser: [],
  StandardInternationalUser: [],
  QueueManager: ['CallQueue.FullAccess'],
}

function user({ world, session }: Call<unknown>): object {
  const current = session()
  const { account } = current
  const role = effectiveRole(world, current)
  const { roleName = role } = account
  const answer = {
    // A custom role is reported by its name.
    role: roleName,
    password_verified: true,
    password_force_reset: account.mustChange,
  }
  if (world.options.version < '22.3') return { ...answer, role }
  return {
    ...answer,
    domain: account.domain ?? null,
    role_id: `role-${roleName.toLowerCase().replaceAll(' ', '-')}`,
    role_name: roleName,
    capabilities: restrictedTo(world, current) ?? capabilities[role],
  }
}

/** Sign-in from 22.2 on, with a second step if the practice server requires one. */
export const authOperations: readonly Operation[] = [
  operationWithBody({
    method: 'POST',
    path: '/auth/sign_in',
    allow: 'anyone',
    since,
    body: credentialsSchema,
    answer: ({ world, address, body }) => {
      const account = findAccount(world, address, body)
      if (world.options.otp) return ok({ two_factor_enabled: true, token: world.sessions.challenge(account) })
      return ok(tokenSet(world.sessions.open(account), world))
    },
  }),
  operationWithBody({
    method: 'POST',
    path: '/auth/send_otp',
    allow: 'anyone',
    since,
    body: z.object({ token: z.string() }),
    answer: ({ world, body }) => {
      world.sessions.sendCode(body.token)
      return done
    },
  }),
  operationWithBody({
    method: 'POST',
    path: '/auth/verify_otp',
    allow: 'anyone',
    since,
    body: z.object({ token: z.string(), code: z.string() }),
    answer: ({ world, address, body }) => {
      const account = world.sessions.verify(body.token, body.code)
      if (account === undefined) {
        world.lockOut.failed(address)
        throw loginFailed()
      }
      return ok(tokenSet(world.sessions.open(account), world))
    },
  }),
  operationWithBody({
    method: 'POST',
    path: '/auth/refresh_token',
    allow: 'anyone',
    since,
    body: z.object({ refresh_token: z.string() }),
    answer: ({ world, body, faults }) => {
      if (faults.refuseRefresh) throw loginFailed()
      return ok(tokenSet(world.sessions.refresh(body.refresh_token, accountNamed(world, faults.renewsAs)), world))
    },
  }),
  operation({
    method: 'POST',
    path: '/auth/sign_out',
    allow: 'signed-in',
    evenWithForcedReset: true,
    since,
    answer: ({ world, session }) => {
      world.sessions.close(session())
      return done
    },
  }),
  operation({
    method: 'GET',
    path: '/auth/user',
    allow: 'signed-in',
    evenWithForcedReset: true,
    since,
    answer: (call) => ok(user(call)),
  }),
]
