import { z } from 'zod'
import { defaultPolicy, tenantPolicy, type PasswordPolicy } from '@shared/domain/password-policy'
import type { PbxReader } from './pbx-client'

/** Every value may be missing, or null for an unexpected one; a length beyond any password is unexpected. */
const length = z.int().min(1).max(1024).nullish()
const flag = z.boolean().nullish()
const policySchema = z.looseObject({
  min_length: length,
  max_length: length,
  contains_letters: flag,
  contains_numbers: flag,
  contains_special_letters: flag,
  disable_sequential_characters: flag,
  disable_repeating_characters: flag,
  disable_account_information: flag,
})

/** The documented default of a policy. */
export const defaultAt = (path: PolicyPath): PasswordPolicy =>
  path === '/tenant/password_policy' ? tenantPolicy : defaultPolicy

export type PolicyPath = '/tenant/password_policy' | '/admin/password_policy' | '/dealer/password_policy'

/**
 * GET /tenant/password_policy, and from 22.6 on GET /admin/password_policy or /dealer/password_policy, whose replies no
 * document describes: each field is read if it is the one of a tenant, otherwise the default applies. `isComplete` is
 * false if one was not read.
 */
export async function readPasswordPolicy(
  client: PbxReader,
  path: PolicyPath,
): Promise<{ readonly policy: PasswordPolicy; readonly isComplete: boolean }> {
  const reply = await client.get({ operation: `GET ${path}`, path, schema: policySchema })
  const read = {
    minLength: reply.min_length,
    maxLength: reply.max_length,
    letters: reply.contains_letters,
    digits: reply.contains_numbers,
    specials: reply.contains_special_letters,
    noSequences: reply.disable_sequential_characters,
    noRepeats: reply.disable_repeating_characters,
    noAccountDetails: reply.disable_account_information,
  }
  const known = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined && value !== null))
  const fallback = defaultAt(path)
  const policy = { ...fallback, ...known }
  if (policy.minLength > policy.maxLength) {
    const { minLength, maxLength } = fallback
    return { policy: { ...policy, minLength, maxLength }, isComplete: false }
  }
  return { policy, isComplete: Object.keys(known).length === Object.keys(fallback).length }
}
