import { FleetError, type AppError } from '@shared/ipc/result'
import { redact } from './redact'

/** A shorter text is no secret, and would be found in every word. */
const shortest = 6

/** An error whose words come from the PBX may hold what was sent: the secret, and what looks like a private key, is taken out of them. */
export function withoutSecret(error: unknown, secret: string): unknown {
  if (!(error instanceof FleetError)) return error
  const clean = (text: string): string => redact(secret.length < shortest ? text : text.replaceAll(secret, '[removed]'))
  const { hint, fields, ...rest } = error.detail
  const detail: AppError = {
    ...rest,
    message: clean(rest.message),
    ...(hint !== undefined && { hint: clean(hint) }),
    ...(fields && { fields: fields.map(({ path, message }) => ({ path, message: clean(message) })) }),
  }
  return new FleetError(detail)
}
