import { FleetError, type AppError } from '@shared/ipc/result'
import { redact } from './redact'

/** Shorter texts are not removed, because they would match in many words. */
const lengthMin = 6

/**
 * Removes the secret and anything that looks like a private key from an error: texts from the PBX may repeat what was
 * sent.
 */
export function withoutSecret(error: unknown, secret: string): unknown {
  if (!(error instanceof FleetError)) return error
  const clean = (text: string): string =>
    redact(secret.length < lengthMin ? text : text.replaceAll(secret, '[removed]'))
  const { hint, fields, ...rest } = error.detail
  const detail: AppError = {
    ...rest,
    message: clean(rest.message),
    ...(hint !== undefined && { hint: clean(hint) }),
    ...(fields && { fields: fields.map(({ path, message }) => ({ path, message: clean(message) })) }),
  }
  return new FleetError(detail)
}
