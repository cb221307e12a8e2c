import { accountNameProblem } from '@shared/domain/account-name'
import { passwordProblem } from '@shared/domain/password-policy'
import { validationProblem } from './api-problem'
import type { PracticeAccount } from './accounts'
import type { World } from './world'

const refuse = (field: string, message: string | undefined): void => {
  if (message !== undefined) throw validationProblem([{ field, message }])
}

/** Refuses a name that the API's rules forbid or that somebody else has. */
export function requireName({ accounts, lists }: World, name: string, own?: PracticeAccount): void {
  refuse('name', accountNameProblem(name))
  const same = (other: unknown): boolean => String(other).toLowerCase() === name.toLowerCase()
  const taken =
    accounts.some((each) => each !== own && each.domain === undefined && same(each.username)) ||
    lists.dealers.all().some((row) => row.id !== own?.dealerId && same(row['name']))
  refuse('name', taken ? 'This name is taken' : undefined)
}

/** Refuses a password that the default policy forbids. */
export const requirePassword = (field: string, password: string, account: readonly unknown[]): void =>
  refuse(
    field,
    passwordProblem(
      password,
      account.filter((text) => typeof text === 'string'),
    ),
  )
