import { ruleHooks, type RuleHookDeps } from './ip-rules/rule-hooks'
import { dealerHooks } from './records/dealer-hooks'
import type { Hooks } from './records/hooks'
import { networkHooks } from './records/network-hooks'
import { notificationHooks } from './records/notification-hooks'
import { ownTenantHooks } from './records/own-tenant-hooks'
import { systemSettingsHooks } from './records/system-settings-hooks'
import { tenantHooks } from './records/tenant-hooks'
import { transportHooks } from './records/transport-hooks'

/** Behavior of resources beyond their fields; passed to the record service and the lists. */
export const resourceHooks = (deps: RuleHookDeps = {}): Hooks => ({
  'ip-rules': ruleHooks(deps),
  transports: transportHooks,
  network: networkHooks,
  'system-settings': systemSettingsHooks,
  notification: notificationHooks,
  tenants: tenantHooks,
  dealers: dealerHooks,
  tenant: ownTenantHooks,
})
