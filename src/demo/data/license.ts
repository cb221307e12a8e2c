/** The license of a practice server: `next` is one that was activated and takes effect at `at`, in the milliseconds of the practice clock. */
export interface StoredLicense {
  readonly key: string
  readonly next?: { readonly key: string; readonly at: number }
}

export const makeLicense = (): StoredLicense => ({ key: '5C0E91A7-22F4-4D0B-7B41' })
