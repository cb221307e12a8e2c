import type { PbxRecord } from '@shared/domain/record'
import { ipRule } from '@shared/resources/ip-rule'
import { plainText } from '@shared/text/plain-text'
import { valueText } from '@shared/resources/value-text'

/** The text of one value of a rule. */
export function ruleText(key: string, rule: PbxRecord): string {
  const field = ipRule.fields.find((spec) => spec.key === key)
  return field === undefined ? plainText(rule[key]) : valueText(field, rule[key])
}
