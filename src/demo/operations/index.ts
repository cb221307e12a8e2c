import type { Operation } from '../operation'
import type { PracticeVersion } from '../options'
import { ownAccountOperations } from './account'
import { authOperations } from './auth'
import { brandOperations } from './brand'
import { dealerOperations } from './dealers'
import { imOperations } from './im'
import { infoOperations } from './info'
import { ipFilterOperations } from './ip-filters'
import { keyOperations } from './key'
import { licenseOperations } from './license'
import { loginOperations } from './login'
import { networkOperations } from './network'
import { notificationOperations } from './notification'
import { oauthOperations } from './oauth'
import { sbcOperations } from './sbc'
import { statusOperations } from './status'
import { systemSettingsOperations } from './system-settings'
import { ownTenantOperations } from './tenant'
import { tenantSettingsOperations } from './tenant-settings'
import { tenantOperations } from './tenants'
import { tokenOperations } from './tokens'
import { transportOperations } from './transports'
import { trunkOperations } from './trunks'

/** Every operation of a practice server, grouped by file. */
const operations: readonly Operation[] = [
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
  ...systemSettingsOperations,
  ...notificationOperations,
  ...sbcOperations,
  ...imOperations,
  ...tokenOperations,
  ...keyOperations,
  ...licenseOperations,
  ...ownTenantOperations,
  ...tenantSettingsOperations,
  ...ownAccountOperations,
  ...trunkOperations,
  ...brandOperations,
]

/** The operations of this API generation. */
export const operationsOf = (version: PracticeVersion): readonly Operation[] =>
  operations.filter(({ since = version, until = version }) => since <= version && until >= version)
