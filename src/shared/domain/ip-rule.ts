import { z } from 'zod'

export const ipRuleTargets = ['ACCEPT', 'DENY'] as const

/** RFC 3339 in UTC with a Z, as the API gives and takes it. */
export const utcTimeSchema = z.iso.datetime({ offset: false })

/** An IP rule as the API returns it (GET /ip_filters, GET /ip_filters/{id}). Fields that a newer PBX adds are kept. */
export const ipRuleSchema = z.looseObject({
  id: z.string().min(1),
  cidr: z.string(),
  target: z.enum(ipRuleTargets),
  expire_at: z.string().nullish(),
  description: z.string().nullish(),
})
export type IpRule = z.infer<typeof ipRuleSchema>

export const ipRuleDescriptionMax = 255

/**
 * What is sent to create a rule (POST /ip_filters: cidr and target are required) or, in part, to change one
 * (POST /ip_filters/{id}). `expire_at: null` means that the rule does not end.
 */
export const ipRuleInputSchema = z.object({
  cidr: z.string().min(1).max(64),
  target: z.enum(ipRuleTargets),
  expire_at: utcTimeSchema.nullable(),
  description: z.string().max(ipRuleDescriptionMax),
})
export type IpRuleInput = z.infer<typeof ipRuleInputSchema>
