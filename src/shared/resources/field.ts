/** What every kind of field has. `key` is the API's own name; `inTable` gives it a column of `width` CSS pixels. */
interface FieldBase<K extends string> {
  readonly key: K
  readonly label: string
  readonly help?: string
  readonly group?: string
  readonly required?: boolean
  readonly createOnly?: boolean
  readonly readOnly?: boolean
  readonly inTable?: boolean
  readonly sortable?: boolean
  readonly width?: number
  /** First version of the PBX that has the field, for example `22.6`. */
  readonly since?: string
}

export type FieldSpec<K extends string = string> =
  | (FieldBase<K> & { readonly kind: 'text'; readonly maxLength?: number; readonly multiline?: boolean })
  | (FieldBase<K> & { readonly kind: 'id' })
  | (FieldBase<K> & { readonly kind: 'cidr' })
  | (FieldBase<K> & { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly unit?: string })
  | (FieldBase<K> & { readonly kind: 'switch' })
  | (FieldBase<K> & { readonly kind: 'time' })
  | (FieldBase<K> & {
      readonly kind: 'choice'
      readonly choices: readonly {
        readonly value: string
        readonly label: string
        readonly tone?: 'good' | 'bad' | 'neutral'
      }[]
    })

type KnownKeys<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] } & string

/** Declares a resource's fields; a key that the resource does not have is a compile error. */
export const defineFields =
  <T>() =>
  <const F extends readonly FieldSpec<KnownKeys<T>>[]>(fields: F): F =>
    fields
