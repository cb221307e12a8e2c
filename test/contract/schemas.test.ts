import { expect, test } from 'vitest'
import type { z } from 'zod'
import { tenantStatusSchema } from '@shared/domain/tenant-status'
import { dealerStatusSchema } from '@shared/domain/dealer'
import { authUserSchema, otpChallengeSchema, signInArgsSchema, tokenSetSchema } from '@shared/domain/session'
import { serverInfoSchema, systemStatusSchema } from '@shared/domain/system-status'
import { compare, type Comparison } from './compare'
import type { JsonSchema } from './facts/facts'
import { reference } from './reference'

const tokensMayNotBeEmpty = {
  'access_token.minLength': 'an empty one is none',
  'refresh_token.minLength': 'an empty one is none',
  'expires_in.type': 'a fraction of a second does no harm',
}

const roleMayBeNew = {
  'role.minLength': 'a role that is not known is shown as it came',
  'role.maxLength': 'a role that is not known is shown as it came',
}

const counts = [
  'max_concurrent_calls',
  'licensed_users',
  'current_users',
  'online_users',
  'current_tenants',
  'current_dealers',
  'current_calls',
  'current_trunks',
  'current_conference_servers',
  'current_media_servers',
  'current_call_queue_servers',
  'current_ivr_servers',
  'calls_in_24_hours[].count',
]
const countsMayBeAnyNumber = Object.fromEntries(counts.map((name) => [`${name}.type`, 'only shown']))

const tenantOnly = [
  'name',
  'domain',
  'website',
  'avatar_url',
  'enable_ms365_integration',
  'ms365_authorization_endpoint',
]

interface Row extends Comparison {
  readonly name: string
  readonly ours: z.ZodType
  readonly theirs: JsonSchema
}

const rows: readonly Row[] = [
  {
    name: 'the status of a dealer',
    ours: dealerStatusSchema,
    theirs: reference.answer('GET /dealer/status'),
    needed: [],
    except: Object.fromEntries(
      ['dealers', 'users', 'tenants'].flatMap((what) =>
        ['max', 'current'].map((which) => [`${which}_${what}.type`, 'only shown']),
      ),
    ),
  },
  {
    name: 'the status of a tenant',
    ours: tenantStatusSchema,
    theirs: reference.answer('GET /tenant/status'),
    needed: [],
    except: Object.fromEntries(
      [
        ...['licensed_users', 'current_users', 'online_users', 'current_calls', 'current_queues', 'current_trunks'],
        ...['current_conference_rooms', 'current_ring_groups', 'current_ivrs', 'calls_in_24_hours[].count'],
      ].map((name) => [`${name}.type`, 'only shown']),
    ),
  },
  {
    name: 'the system status',
    ours: systemStatusSchema,
    theirs: reference.answer('GET /admin/status'),
    needed: [],
    except: { 'license_key.name': 'the app drops it as soon as it arrives', ...countsMayBeAnyNumber },
  },
  {
    name: 'the server info',
    ours: serverInfoSchema,
    theirs: reference.answer('GET /info'),
    needed: [],
    except: Object.fromEntries(
      tenantOnly.map((name) => [`${name}.name`, 'returned only for a tenant, and not required']),
    ),
  },
  {
    name: 'the user',
    ours: authUserSchema,
    theirs: reference.answer('GET /auth/user'),
    needed: [],
    except: roleMayBeNew,
  },
  {
    name: 'the tokens of a refresh',
    ours: tokenSetSchema,
    theirs: reference.answer('POST /auth/refresh_token'),
    needed: ['access_token'],
    except: tokensMayNotBeEmpty,
  },
  {
    name: 'the tokens of a sign-in',
    ours: tokenSetSchema,
    theirs: reference.answer('POST /auth/sign_in').oneOf?.[1] ?? {},
    needed: ['access_token'],
    except: tokensMayNotBeEmpty,
  },
  {
    name: 'the second step of a sign-in',
    ours: otpChallengeSchema,
    theirs: reference.answer('POST /auth/sign_in').oneOf?.[0] ?? {},
    needed: ['token'],
    except: { 'token.minLength': 'an empty one is none' },
  },
  {
    name: 'the credentials of a sign-in',
    ours: signInArgsSchema.pick({ username: true, password: true, domain: true }),
    theirs: reference.body('POST /auth/sign_in'),
    except: {
      'password.minLength': 'an empty one would be a failure for sure',
      'password.maxLength': 'a limit of the window, far above that of any account',
      'password.required': 'absent if it is in the keychain',
      'domain.minLength': 'empty for an administrator or a dealer, and then not sent',
      'domain.required': 'empty for an administrator or a dealer, and then not sent',
    },
  },
]

test.each(rows)('$name: our schema says what the reference says', ({ ours, theirs, ...comparison }) => {
  expect(compare(ours, theirs, comparison)).toEqual([])
})
