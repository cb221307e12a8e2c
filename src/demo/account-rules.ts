import { accountNameProblem } from '@shared/domain/account-name'
import { defaultPolicy, passwordProblem } from '@shared/domain/password-policy'
import { validationProblem } from './api-problem'
import type { PracticeAccount } from './accounts'
import type { World } from './world'

const refuse = (field: string, message: string | undefined): void => {
  if (message !== undefined) throw validationProblem([{ field, message }])
}

/** Refuses a username that is not allowed or already in use. */
export function requireName({ accounts, lists }: World, name: string, own?: PracticeAccount): void {
  refuse('name', accountNameProblem(name))
  const same = (other: unknown): boolean => String(other).toLowerCase() === name.toLowerCase()
  const isInUse =
    accounts.some((other) => other !== own && other.domain === undefined && same(other.username)) ||
    lists.dealers.all().some((row) => row.id !== own?.dealerId && same(row['name']))
  refuse('name', isInUse ? 'This name is taken' : undefined)
}

/** Refuses a password that violates the policy of administrators and dealers. */
export const requirePassword = (
  { options: { passwordMax } }: Pick<World, 'options'>,
  field: string,
  password: string,
  account: readonly unknown[],
): void =>
  refuse(
    field,
    passwordProblem(
      password,
      account.filter((text) => typeof text === 'string'),
      { ...defaultPolicy, maxLength: passwordMax },
    ),
  )
