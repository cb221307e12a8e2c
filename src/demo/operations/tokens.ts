import { tokenOwners } from '@shared/domain/server-token'
import { noContent, ok } from '../answer'
import { makeToken } from '../data/tokens'
import { operation, type Operation } from '../operation'

/** The tokens of the SBC and the IM server: returned in clear text, regenerated, destroyed. */
export const tokenOperations: readonly Operation[] = tokenOwners.flatMap((owner): readonly Operation[] => {
  const path = `/${owner}/token`
  const allow = ['SystemAdmin'] as const
  return [
    operation({ method: 'GET', path, allow, answer: ({ world }) => ok({ token: world.tokens[owner] }) }),
    operation({
      method: 'POST',
      path,
      allow,
      answer: ({ world }) => {
        world.tokens[owner] = makeToken()
        return ok({ token: world.tokens[owner] })
      },
    }),
    operation({
      method: 'POST',
      path: `${path}/destroy`,
      allow,
      answer: ({ world }) => {
        world.tokens[owner] = null
        return noContent
      },
    }),
  ]
})
