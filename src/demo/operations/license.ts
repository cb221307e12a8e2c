import { z } from 'zod'
import { done, ok } from '../answer'
import { validationProblem } from '../api-problem'
import { operation, operationWithBody, type Operation } from '../operation'
import type { World } from '../world'

const wellFormed = /^[0-9A-Z]{4,8}(?:-[0-9A-Z]{4,8}){2,7}$/

/** Masks all but the last part, like PBX servers from version 16 on. */
export const maskedKey = (key: string): string =>
  key
    .split('-')
    .map((part, at, parts) => (at === parts.length - 1 ? part : '*'.repeat(part.length)))
    .join('-')

/** The current key; an activated one takes effect after a delay. */
function keyInForce(world: World): string {
  const { next } = world.license
  if (next !== undefined && next.at <= world.clock.now()) world.license = { key: next.key }
  return world.license.key
}

/** GET and POST /license. */
export const licenseOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/license',
    allow: ['SystemAdmin'],
    answer: ({ world }) =>
      ok({
        api_version: 'v22.2',
        product_name: 'PortSIP PBX Enterprise',
        max_sim_calls: world.options.maxConcurrentCalls,
        license_key: maskedKey(keyInForce(world)),
        company_name: 'Practice Telecom',
        contact_email: 'licenses@practice.example',
      }),
  }),
  operationWithBody({
    method: 'POST',
    path: '/license',
    allow: ['SystemAdmin'],
    body: z.object({ license_key: z.string().min(1) }),
    answer: ({ world, body }) => {
      if (!wellFormed.test(body.license_key))
        throw validationProblem([{ field: 'license_key', message: 'The license key is not valid' }])
      const at = world.clock.now() + world.options.licenseSeconds * 1000
      world.license = { key: keyInForce(world), next: { key: body.license_key, at } }
      return done
    },
  }),
]
