import { writeFile } from 'node:fs/promises'
import { rolesText } from './roles-text'

await writeFile('docs/roles.md', await rolesText())
