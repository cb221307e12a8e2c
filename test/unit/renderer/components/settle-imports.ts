import { config } from '@vue/test-utils'
import { afterAll, vi } from 'vitest'
import { off } from '@/composables/off'

config.global.directives['off'] = off

// Some controls are loaded when a form first needs them. The document of the tests must not be gone before that.
afterAll(() => vi.dynamicImportSettled())
