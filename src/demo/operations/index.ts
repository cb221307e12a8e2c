import type { Operation } from '../operation'
import { authOperations } from './auth'
import { dealerOperations } from './dealers'
import { infoOperations } from './info'
import { ipFilterOperations } from './ip-filters'
import { loginOperations } from './login'
import { networkOperations } from './network'
import { oauthOperations } from './oauth'
import { statusOperations } from './status'
import { tenantOperations } from './tenants'
import { transportOperations } from './transports'

/** Every operation that a practice server knows; a group is one file. */
export const operations: readonly Operation[] = [
  ...authOperations,
  ...loginOperations,
  ...oauthOperations,
  ...infoOperations,
  ...statusOperations,
  ...ipFilterOperations,
  ...tenantOperations,
  ...dealerOperations,
  ...networkOperations,
  ...transportOperations,
]
