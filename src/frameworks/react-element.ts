import {
  createElement,
  forwardRef,
  type ForwardRefExoticComponent,
  type PropsWithoutRef,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';

/** Elements as React components: React 18 sets neither properties nor listeners of custom elements, and no React registers them. */

/** What of an element React has to be told; `viva-voce/react` is made of these out of the manifest. */
export interface ElementDescription {
  readonly name: string;
  readonly tag: string;
  /** Property → its attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Properties that no attribute holds. */
  readonly properties: readonly string[];
  /** Prop (`onVivaReady`) → the event's type. */
  readonly events: Readonly<Record<string, string>>;
  /** Fetches and registers the element. */
  readonly define: () => Promise<unknown>;
}

type Props = Readonly<Record<string, unknown>>;
type Listener = (event: Event) => void;

export interface SortedProps {
  /** What React renders, also on a server. */
  readonly rendered: Props;
  /** What is set on the element itself. */
  readonly properties: Props;
  /** Event type → listener. */
  readonly listeners: Readonly<Record<string, Listener>>;
}

/** Plain values are rendered as attributes, so that a server sends them too; objects and functions are properties. */
export function sortProps({ attributes, properties, events }: ElementDescription, props: Props): SortedProps {
  const rendered: Record<string, unknown> = {};
  const given: Record<string, unknown> = {};
  const listeners: Record<string, Listener> = {};
  for (const [name, value] of Object.entries(props)) {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    const event = Object.hasOwn(events, name) ? events[name] : undefined;
    if (event !== undefined) {
      if (typeof value === 'function') listeners[event] = value as Listener;
    } else if (properties.includes(name) || (attribute !== undefined && typeof value === 'object' && value !== null)) {
      given[name] = value;
    } else if (attribute !== undefined) {
      // React 18 would write false out, and leaves true away.
      if (value !== false) rendered[attribute] = value === true ? '' : value;
    } else {
      rendered[name === 'className' ? 'class' : name] = value;
    }
  }
  return { rendered, properties: given, listeners };
}

/** Sets what is given, and puts back what was there before where something is given no longer. */
function assign(element: HTMLElement, given: Props, before: Map<string, unknown>): void {
  for (const [name, value] of Object.entries(given)) {
    if (!before.has(name)) before.set(name, Reflect.get(element, name));
    if (Reflect.get(element, name) !== value) Reflect.set(element, name, value);
  }
  for (const [name, value] of before) {
    if (name in given) continue;
    Reflect.set(element, name, value);
    before.delete(name);
  }
}

// React 18 warns of layout effects on servers, where there is no layout.
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** The component of an element; the element is fetched and registered when the first one is shown. */
export function reactElement<Element extends HTMLElement, P extends object>(
  description: ElementDescription,
): ForwardRefExoticComponent<PropsWithoutRef<P> & RefAttributes<Element>> {
  const component = forwardRef<Element, P>((props, ref) => {
    const element = useRef<Element>(null);
    const { rendered, properties, listeners } = sortProps(description, props as Props);
    const latest = useRef(listeners);
    const before = useRef(new Map<string, unknown>());
    useImperativeHandle<Element | null, Element | null>(ref, () => element.current, []);
    useBeforePaint(() => {
      latest.current = listeners;
      if (element.current !== null) assign(element.current, properties, before.current);
    });
    useBeforePaint(() => {
      const host = element.current;
      const listen = (event: Event): void => latest.current[event.type]?.(event);
      const types = Object.values(description.events);
      for (const type of types) host?.addEventListener(type, listen);
      return () => {
        for (const type of types) host?.removeEventListener(type, listen);
      };
    }, []);
    useEffect(() => {
      description.define().catch(reportError);
    }, []);
    return createElement(description.tag, { ...rendered, ref: element });
  });
  component.displayName = description.name;
  return component;
}
