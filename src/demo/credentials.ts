import { z } from 'zod'
import type { PracticeAccount } from './accounts'
import { loginFailed, notFound } from './api-problem'
import type { Session } from './sessions'
import type { World } from './world'

export const credentialsSchema = z.object({
  username: z.string().min(1).max(64),
  password: z.string(),
  domain: z.string().min(1).max(280).optional(),
})
export type Credentials = z.infer<typeof credentialsSchema>

/**
 * The account with these credentials. An unknown domain is 404; a wrong username or password counts towards the lockout
 * of the caller's address.
 */
export function findAccount(world: World, address: string, credentials: Credentials): PracticeAccount {
  const { username, password, domain } = credentials
  if (domain !== undefined && !world.lists.tenants.all().some((tenant) => tenant['domain'] === domain))
    throw notFound('The domain')
  const account = world.accounts.find(
    (candidate) => candidate.domain === domain && candidate.username === username && candidate.password === password,
  )
  const isDisabled = world.lists.dealers.get(account?.dealerId ?? '')?.['enabled'] === false
  if (account === undefined || isDisabled) {
    world.lockOut.failed(address)
    throw loginFailed()
  }
  world.lockOut.succeeded(address)
  return account
}

export const accountNamed = ({ accounts }: World, name: string | undefined): PracticeAccount | undefined =>
  accounts.find(({ username }) => username === name)

/** The response of every sign-in and refresh. */
export const tokenSet = (session: Session, { options }: World): object => ({
  token_type: 'Bearer',
  access_token: session.accessToken,
  refresh_token: session.refreshToken,
  expires_in: options.tokenSeconds,
})
