/**
 * Types of embed.js: the custom element `<hall-pass>`, which puts Hall Pass into a page.
 *
 * ```html
 * <script type="module" src="https://widget.school.example/embed.js"></script>
 * <hall-pass view="join" course="741234567890"></hall-pass>
 * ```
 *
 * The page's origin has to stand in `embedders` of the widget's `config.json`.
 *
 * Attributes, all of which may change at any time:
 *
 * | Attribute | Value |
 * |---|---|
 * | `src` | address of the widget; default: the folder of embed.js. Changing it loads anew |
 * | `view` | a {@link HallPassView} that the widget offers |
 * | `course` | id or alias (`d:…`, `p:…`) of the class |
 * | `code` | class code to begin with |
 * | `hl` | language, such as `fr` or `zh-Hans` |
 * | `theme` | a {@link HallPassTheme} |
 * | `login-hint` | address of the account that is probably meant |
 *
 * Its look follows the custom properties `--hall-pass-accent`, `--hall-pass-surface`,
 * `--hall-pass-text`, `--hall-pass-border`, `--hall-pass-radius` and `--hall-pass-font` that hold
 * for the element. They are read when the widget starts, when an attribute changes, and by
 * {@link HallPassElement.reload}.
 */

/** A task that the widget offers. */
export type HallPassView = "join" | "received" | "invite" | "enroll";

/** Light or dark; `auto` is what the person's system says. */
export type HallPassTheme = "auto" | "light" | "dark";

/** The attributes of `<hall-pass>`, for frameworks that check them. */
export interface HallPassAttributes {
  src?: string;
  view?: HallPassView;
  course?: string;
  code?: string;
  hl?: string;
  theme?: HallPassTheme;
  "login-hint"?: string;
}

/** What the page is asked for when the widget needs a token. */
export interface HallPassTokenRequest {
  /** What the token should allow: full names of Google's scopes. */
  scopes: string[];
  /**
   * `initial`: there was none before; `expired`: the last one ran out; `insufficient-scope`: the
   * last one did not allow what is to be done.
   */
  reason: "initial" | "expired" | "insufficient-scope";
  /**
   * Aborted when nobody waits for the token any more: the element was removed or loads anew, or
   * the person was signed out. What comes after that is dropped.
   */
  signal: AbortSignal;
}

/** A token of the page's own, for the person who is signed in to the page. */
export interface HallPassToken {
  /** Google's access token. */
  accessToken: string;
  /** For how many seconds it can be used from now on. */
  expiresIn: number;
}

/**
 * Supplies tokens. The widget shows that the page did not sign the person in when this rejects
 * (the error's message stands in the details for IT) or takes longer than ten seconds; a later
 * token is taken all the same.
 */
export type HallPassTokenSupply = (request: HallPassTokenRequest) => Promise<HallPassToken>;

/** The role that an invitation is for, as Google Classroom calls it. */
export type HallPassRole = "STUDENT" | "TEACHER" | "OWNER";

/** The payload of {@link HallPassEventMap | hallpass:ready}. */
export interface HallPassReady {
  /** The widget's version. */
  version: string;
  /** The tasks it offers, the first one being the default. */
  views: HallPassView[];
}

/** The payload of {@link HallPassEventMap | hallpass:joined}. */
export interface HallPassJoined {
  /** The class's numeric id, unless Google did not tell it. */
  courseId?: string;
  /** Whether the person was in the class before. */
  alreadyMember: boolean;
}

/** The payload of the events about one invitation. */
export interface HallPassInvitation {
  /** The class's id; of one that was invited to, also its alias. */
  courseId: string;
  /** What the person is invited as. */
  role: HallPassRole;
  /** The invitation's id, unless the person turned out to be invited already. */
  invitationId?: string;
}

/** The payload of {@link HallPassEventMap | hallpass:enrolled}. */
export interface HallPassEnrolled {
  /** The class's id or alias. */
  courseId: string;
}

/** The payload of {@link HallPassEventMap | hallpass:error}. */
export interface HallPassError {
  /** What failed: a view's task, a part of `invite`, or signing in. */
  task: HallPassView | "pending" | "share" | "sign-in";
  /** Google's status, such as `PERMISSION_DENIED`, where Google has refused. */
  status?: string;
  /** The name of the reason, as the error's card has it in `data-reason`. */
  reason: string;
  /** Whether trying again can help. */
  retryable: boolean;
}

/** The payload of {@link HallPassEventMap | hallpass:resize}. */
export interface HallPassResize {
  /** The height of what the widget shows, in CSS pixels. */
  height: number;
}

/**
 * The events of `<hall-pass>`. All of them bubble and are composed; the payload is in `detail`.
 * No payload holds a token, an address or a name.
 */
export interface HallPassEventMap {
  /** Fired when the widget has started and listens: once for each time it is loaded. */
  "hallpass:ready": CustomEvent<HallPassReady>;
  /** Fired when a person is signed in, with a token of Google's window or of the page. */
  "hallpass:signedin": CustomEvent<null>;
  /** Fired when nobody is signed in any more: by a button of the widget, or by `signOut()`. */
  "hallpass:signedout": CustomEvent<null>;
  /** Fired when the person has joined a class, or turned out to be in it already. */
  "hallpass:joined": CustomEvent<HallPassJoined>;
  /** Fired when an invitation was sent: once for each person invited. */
  "hallpass:invited": CustomEvent<HallPassInvitation>;
  /** Fired when the person has accepted an invitation. */
  "hallpass:accepted": CustomEvent<HallPassInvitation>;
  /** Fired when the person has declined an invitation. */
  "hallpass:declined": CustomEvent<HallPassInvitation>;
  /** Fired when a student was added directly: once for each student. */
  "hallpass:enrolled": CustomEvent<HallPassEnrolled>;
  /** Fired when the widget shows that something failed. */
  "hallpass:error": CustomEvent<HallPassError>;
  /** Fired when what the widget shows has another height; the element has taken it already. */
  "hallpass:resize": CustomEvent<HallPassResize>;
}

/**
 * The element. `<hall-pass>` is defined by loading embed.js; where that name is another element's,
 * define this one by a name of your own:
 *
 * ```js
 * import { HallPassElement } from "https://widget.school.example/embed.js";
 * customElements.define("school-classes", class extends HallPassElement {});
 * ```
 */
export class HallPassElement extends HTMLElement {
  /**
   * Supplies the widget with tokens of the page, in place of Google's sign-in. It may be set
   * before the element is defined, and at any time after.
   */
  getAccessToken: HallPassTokenSupply | undefined;
  /** Signs the person out of the widget: it forgets its token. */
  signOut(): void;
  /** Loads the widget anew. */
  reload(): void;

  addEventListener<K extends keyof HallPassEventMap>(
    type: K,
    listener: (this: HallPassElement, event: HallPassEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: HallPassElement, event: HTMLElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof HallPassEventMap>(
    type: K,
    listener: (this: HallPassElement, event: HallPassEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: HallPassElement, event: HTMLElementEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "hall-pass": HallPassElement;
  }
  // They bubble, so that every element around it, the document and the window hear them too.
  interface GlobalEventHandlersEventMap extends HallPassEventMap {}
}
