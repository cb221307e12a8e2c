import type { ServerRecord } from '@shared/domain/server'

/** Where a server belongs: its folder and its tags. */
export const placeText = ({ folder, tags }: Pick<ServerRecord, 'folder' | 'tags'>): string =>
  [folder, ...tags].filter(Boolean).join(' · ')
