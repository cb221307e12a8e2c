/**
 * The license of a practice server: `next` is an activated one that takes effect at `at`, in milliseconds of the
 * practice clock.
 */
export interface StoredLicense {
  readonly key: string
  readonly next?: { readonly key: string; readonly at: number }
}

export const makeLicense = (): StoredLicense => ({ key: '5C0E91A7-22F4-4D0B-7B41' })
