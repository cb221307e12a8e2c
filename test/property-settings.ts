import fc from 'fast-check'
import { seed, times } from './fuzz/settings'

/** Property tests are repeatable: `npm test` uses the same inputs each time, `npm run fuzz` other and more ones. */
fc.configureGlobal({ seed, numRuns: 100 * times })
