/** The switch for who you are: everyone of every company on this platform. */
import { type Person, type Platform, people } from "../chat/model";
import { type Seen, directNews } from "../chat/seen";
import { Avatar } from "./Avatar";

type Props = { platform: Platform; me: Person | undefined; seen: Seen; choose: (person: string) => void };

export function Who({ platform, me, seen, choose }: Props) {
  const label = ({ id, name, title }: Person) => {
    const news = id === me?.id ? 0 : directNews(platform, id, seen);
    return `${name}${news ? ` (${news} new)` : ""}${title ? ` - ${title}` : ""}`;
  };
  const others = people(platform).filter(({ id }) => id !== me?.id && directNews(platform, id, seen) > 0);
  const told = others.map(({ name }) => name).join(", ");
  return (
    <label className="who">
      <span className="who-label">You are</span>
      {me && <Avatar author={{ id: me.id, name: me.name, bot: false }} size="small" />}
      <span className="who-choice">
        <select
          data-testid={`${platform.key}-me`}
          aria-label={`You are, in ${platform.title}`}
          value={me?.id ?? ""}
          onChange={(event) => choose(event.target.value)}
        >
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
        {told && (
          <span className="dot" data-testid={`${platform.key}-others-news`} title={`New messages for ${told}`}>
            <span className="spoken">New messages for {told}</span>
          </span>
        )}
      </span>
    </label>
  );
}
