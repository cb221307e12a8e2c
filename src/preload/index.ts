import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { localeArgument } from '@shared/format/locale'
import type { FleetBridge } from '@shared/ipc/bridge'
import {
  channels,
  droppedImageChannel,
  eventNames,
  importDroppedChannel,
  openDroppedChannel,
  readPemChannel,
} from '@shared/ipc/channels'
import { call as ask } from './early-calls'
import { removeWebRtc } from './without-web-rtc'

const call = Object.fromEntries(
  channels.map((channel) => [channel, (args: unknown) => ask(channel, args)]),
) as FleetBridge['call']

const on = Object.fromEntries(
  eventNames.map((name) => [
    name,
    (listener: (payload: unknown) => void) => {
      // The event object contains the raw sender, so only the payload is passed on.
      const relay = (_event: IpcRendererEvent, payload: unknown): void => listener(payload)
      ipcRenderer.on(name, relay)
      return () => void ipcRenderer.off(name, relay)
    },
  ]),
) as FleetBridge['on']

const bridge: FleetBridge = {
  locale: process.argv.findLast((argument) => argument.startsWith(localeArgument))?.slice(localeArgument.length) ?? '',
  call,
  on,
  importDropped: (file, { serverId, resource, readingId }) =>
    ipcRenderer.invoke(importDroppedChannel, { serverId, resource, readingId, path: webUtils.getPathForFile(file) }),
  openDropped: (file, readingId) =>
    ipcRenderer.invoke(openDroppedChannel, { readingId, path: webUtils.getPathForFile(file) }),
  readPem: (serverId, id, files) =>
    ipcRenderer.invoke(readPemChannel, { serverId, id, paths: files.map((file) => webUtils.getPathForFile(file)) }),
  dropImage: (file) => ipcRenderer.invoke(droppedImageChannel, { path: webUtils.getPathForFile(file) }),
}

removeWebRtc()
contextBridge.exposeInMainWorld('fleet', bridge)
