/** The licence of a practice server: `next` is one that was activated and takes effect at `at`, in the milliseconds of the practice clock. */
export interface StoredLicence {
  readonly key: string
  readonly next?: { readonly key: string; readonly at: number }
}

export const makeLicence = (): StoredLicence => ({ key: '5C0E91A7-22F4-4D0B-7B41' })
