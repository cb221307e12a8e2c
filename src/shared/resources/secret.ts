import type { FieldSpec } from './field'

/** Whether a field's value is a secret: it does not cross to the window, is not kept in a draft and stands in no export. */
export const isSecret = ({ kind, secret, writeOnly }: FieldSpec): boolean =>
  kind === 'secret' || secret === true || writeOnly === true
