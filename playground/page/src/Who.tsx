/** The switch for who you are: everyone of every company on this platform. */
import { type Person, type Platform, people } from "./chat";
import { type Seen, directNews } from "./seen";

type Props = { platform: Platform; me: string; seen: Seen; choose: (person: string) => void };

export function Who({ platform, me, seen, choose }: Props) {
  const label = ({ id, name, title }: Person) => {
    const news = id === me ? 0 : directNews(platform, id, seen);
    return `${name}${news ? ` (${news} new)` : ""}${title ? ` - ${title}` : ""}`;
  };
  const others = people(platform).filter(({ id }) => id !== me && directNews(platform, id, seen) > 0);
  const told = others.map(({ name }) => name).join(", ");
  return (
    <label className="who">
      <span>You are</span>
      {told && (
        <span className="dot" data-testid={`${platform.key}-others-news`} title={`New messages for ${told}`}>
          <span className="spoken">New messages for {told}</span>
        </span>
      )}
      <select data-testid={`${platform.key}-me`} value={me} onChange={(event) => choose(event.target.value)}>
        {platform.companies.map((company) => (
          <optgroup key={company.id} label={company.name}>
            {company.people.map((person) => (
              <option key={person.id} value={person.id}>
                {label(person)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
