/** How wide a picture of memory may be here: pictures are drawn for the page as it is. */
export function pictureWidth(): number {
  const results = document.getElementById("results");
  // A card and a frame around it.
  const frame = innerWidth <= 520 ? 30 : 44;
  return (results?.clientWidth ?? 960) - frame;
}
