import { visibleText } from '@shared/domain/visible-text'
import type { FieldError } from '@shared/ipc/result'
import { replyValues } from '@shared/limits/reply'
import { isObject, type ApiRecord } from '@shared/resources/nested'

const fieldsMax = replyValues.fieldErrors
const pathKeys = ['field', 'path', 'name', 'property', 'key', 'instancePath', 'loc'] as const
const messageKeys = ['message', 'msg', 'reason', 'error', 'description'] as const

const pathText = (value: unknown): string => {
  const parts: readonly unknown[] = Array.isArray(value) ? value.slice(0, 20) : [value]
  const text = parts.filter((part) => typeof part === 'string' || typeof part === 'number').join('.')
  return text
    .slice(0, 200)
    .replace(/^[/.$]+/, '')
    .replaceAll('/', '.')
    .slice(0, 100)
}

const pick = (object: ApiRecord, keys: readonly string[]): unknown =>
  keys.map((key) => object[key]).find((value) => value)

const fieldError = (path: string, message: unknown): FieldError[] =>
  typeof message === 'string' && message !== '' ? [{ path, message: visibleText(message.slice(0, 300)) }] : []

/**
 * Errors of single fields in an error's `detail`, whose form is not documented: a list of `{field, message}` under one
 * of several usual names, or an object of field to text. Anything else is ignored.
 */
export function fieldErrors(detail: unknown): readonly FieldError[] {
  if (Array.isArray(detail)) {
    return detail
      .slice(0, fieldsMax)
      .filter(isObject)
      .flatMap((item) => fieldError(pathText(pick(item, pathKeys) ?? ''), pick(item, messageKeys)))
  }
  if (!isObject(detail)) return []
  const path = pick(detail, pathKeys)
  const message = pick(detail, messageKeys)
  if (path !== undefined && message !== undefined) return fieldError(pathText(path), message)
  return Object.entries(detail)
    .slice(0, fieldsMax)
    .flatMap(([key, value]) => fieldError(pathText(key), Array.isArray(value) ? value[0] : value))
}
