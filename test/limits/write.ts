import { writeFile } from 'node:fs/promises'
import { limitsText } from './limits-text'

await writeFile('docs/limits.md', await limitsText())
