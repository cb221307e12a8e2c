import type { IpRulesService } from '../services/ip-rules/ip-rules-service'
import { handle } from './handle'

/** The channels of IP rules. */
export function registerIpRulesIpc(rules: IpRulesService): void {
  handle('ipRules:list', (args) => rules.list(args))
  handle('ipRules:get', (args) => rules.get(args))
  handle('ipRules:check', (args) => rules.check(args))
  handle('ipRules:create', (args) => rules.create(args))
  handle('ipRules:update', (args) => rules.update(args))
  handle('ipRules:checkDestroy', (args) => rules.checkDestroy(args))
  handle('ipRules:destroy', (args) => rules.destroy(args))
}
