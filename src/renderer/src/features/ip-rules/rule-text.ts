import type { PbxRecord } from '@shared/domain/record'
import { ipRule } from '@shared/resources/ip-rule'
import { plainText, valueText } from '@shared/resources/value-text'

/** One field's value of a rule in words. */
export function ruleText(key: string, rule: PbxRecord): string {
  const field = ipRule.fields.find((each) => each.key === key)
  return field === undefined ? plainText(rule[key]) : valueText(field, rule[key])
}
