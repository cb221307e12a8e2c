import { webFrame } from 'electron'

/**
 * Removes the constructors of WebRTC from the page before its first script runs. Frames created by scripts still have
 * them; their traffic is blocked by `closeNetwork` and the IP handling policy in main.
 */
export function removeWebRtc(): void {
  void webFrame.executeJavaScript(
    'for (const name of Object.getOwnPropertyNames(globalThis)) if (/^(webkit)?RTC/.test(name)) delete globalThis[name]',
  )
}
