// The server counts characters of a text without the space around it; a script counts UTF-16 units of all of it.
export function places(text) {
  const lead = text.length - text.trimStart().length;
  const units = [0];
  for (const char of text.slice(lead)) units.push(units[units.length - 1] + char.length);
  return (at) => lead + units[Math.min(at, units.length - 1)];
}
