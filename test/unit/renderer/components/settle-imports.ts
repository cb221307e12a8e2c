import { afterAll, vi } from 'vitest'

// Some controls are loaded when a form first needs them. The document of the tests must not be gone before that.
afterAll(() => vi.dynamicImportSettled())
