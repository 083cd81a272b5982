type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Fields of a section somebody typed in. What was sent is gone from the page, and no draft any more. */
export class TypedFields {
  readonly #fields = new Set<TextField>();

  /** Told of every input event within the section. */
  readonly remember = ({ target }: Event): void => {
    const text = target instanceof HTMLInputElement && ['text', 'search', 'url'].includes(target.type);
    if (text || target instanceof HTMLTextAreaElement) this.#fields.add(target);
  };

  /** True while something that was typed is not sent. */
  get drafting(): boolean {
    return [...this.#fields].some((it) => it.isConnected && it.value.trim() !== '');
  }
}
