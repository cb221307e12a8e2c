import type { TokensService } from '../services/tokens-service'
import { handle } from './handle'

/** Handles `tokens:*`. */
export function registerTokensIpc(tokens: TokensService): void {
  handle('tokens:state', (args) => tokens.state(args))
  handle('tokens:reveal', (args) => tokens.reveal(args))
  handle('tokens:copy', (args) => tokens.copy(args))
  handle('tokens:regenerate', (args) => tokens.regenerate(args))
  handle('tokens:destroy', (args) => tokens.destroy(args))
}
