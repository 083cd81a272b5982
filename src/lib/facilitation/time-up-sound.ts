/** Two soft notes, one after the other: hertz, and when each begins. */
const notes = [
  { pitch: 659.25, atS: 0 },
  { pitch: 880, atS: 0.22 },
] as const;
const lengthS = 0.9;
/** Loud enough for a room, quiet enough for a head set. */
const loudness = 0.18;

/**
 * The sound of time being up, made on the spot. A browser lets a page sound only after somebody touched it; before that
 * nothing is made at all, and nothing is caught up on later.
 */
export class TimeUpSound {
  #audio: AudioContext | null = null;

  /** Listens for the first press or key; the answer stops it. */
  arm(): () => void {
    const ready = (): void => {
      this.#audio ??= new AudioContext();
      void this.#audio.resume();
    };
    addEventListener('pointerdown', ready, { passive: true });
    addEventListener('keydown', ready);
    return () => {
      removeEventListener('pointerdown', ready);
      removeEventListener('keydown', ready);
      void this.#audio?.close();
      this.#audio = null;
    };
  }

  /** Sounds once; silent when nobody has touched the page yet. */
  play(): void {
    const audio = this.#audio;
    if (audio?.state !== 'running') return;
    for (const { pitch, atS } of notes) {
      const start = audio.currentTime + atS;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(loudness, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + lengthS);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + lengthS);
    }
  }
}
