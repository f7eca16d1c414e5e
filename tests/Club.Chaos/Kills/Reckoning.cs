using System.Text.Json;
using System.Text.Json.Nodes;
using Club.Tests.Support;

namespace Club.Chaos.Kills;

/// <summary>Compares a host at rest with what the persons' model says, over HTTP and in the recorder's file. What differs is counted and
/// named.</summary>
internal sealed class Reckoning(LocalProcess host, TimeProvider time, string smsFile, IReadOnlyList<Person> persons)
{
    private const int MostNamed = 8;
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 6 };
    private readonly Lock _gate = new();
    private readonly List<(string Kind, string Fault)> _faults = [];
    private readonly Dictionary<string, int> _lines = [];

    public int Lost { get; private set; }
    public int GivenUp { get; private set; }
    public int Twice { get; private set; }
    public int WrongBalances { get; private set; }
    public int Unreachable { get; private set; }
    public int SmsLost { get; private set; }
    public int SmsDoubled { get; private set; }
    public int Unfinished { get; private set; }
    public int Entries { get; private set; }
    public int Lines { get; private set; }

    /// <summary>The first few of each kind.</summary>
    public IReadOnlyList<string> Faults =>
        [.. _faults.GroupBy(one => one.Kind).SelectMany(kind => kind.Take(MostNamed).Select(one => one.Fault))];

    /// <summary>Before anything is sent again: what was accepted has to be there, or at least among the dead letters.</summary>
    public async Task FindLost()
    {
        var given = await DeadLetters();
        await Each(async (staff, person) =>
        {
            var booked = (await EntriesOf(staff, person)).Select(entry => (string?)entry["sourceId"]).ToHashSet();
            foreach (var letter in person.Letters.Where(letter => !booked.Contains(letter.Id)))
            {
                if (given.TryGetValue($"{Events.Source}/{letter.Id}", out var reason))
                    Count(() => GivenUp++, $"{letter.Id} was accepted and given up: {reason}");
                else Count(() => Lost++, $"{letter.Id} was accepted and is not booked.");
            }
        });
    }

    /// <summary>The last twenty of each queue, by id, with the reason.</summary>
    private async Task<Dictionary<string, string>> DeadLetters()
    {
        using var staff = new StaffClient(host.Http, time);
        return (await staff.Get("/admin/queues"))["queues"]!.AsArray().SelectMany(queue => queue!["lastDeadLetters"]!.AsArray())
            .DistinctBy(letter => (string)letter!["messageId"]!)
                .ToDictionary(letter => (string)letter!["messageId"]!, letter =>
                $"{letter!["reason"]} ({letter["deliveries"]} deliveries)");
    }

    public async Task CountAll()
    {
        ReadLines();
        await Each(async (staff, person) =>
        {
            await Reach(staff, person);
            await Booked(staff, person);
            await Told(staff, person);
        });
        foreach (var (id, count) in _lines.Where(line => line.Value > 0))
            Count(() => SmsLost++, $"{count} lines of {id} are of nobody's message.");
        using var staff = new StaffClient(host.Http, time);
        foreach (var list in (string[])["rejections", "parked", "disputes"])
            foreach (var item in (await staff.Get($"/api/{list}"))["items"]!.AsArray())
                Count(() => Unfinished++, $"{list}: {item!.ToJsonString()}");
    }

    private async Task Each(Func<StaffClient, Person, Task> look)
    {
        using var staff = new StaffClient(host.Http, time);
        await Parallel.ForEachAsync(persons, AtOnce, async (person, _) =>
        {
            try
            {
                await look(staff, person);
            }
            catch (HttpRequestException e)
            {
                Count(() => Unreachable++, e.Message);
            }
        });
    }

    private async Task Reach(StaffClient staff, Person person)
    {
        var found = new HashSet<string>();
        foreach (var search in person.Searches().Concat(person.Cards.Select(card => $"card={card}")))
        {
            if ((await staff.Get($"/api/members?{search}"))["items"]!.AsArray() is [{ } member]) found.Add((string)member["memberId"]!);
            else Count(() => Unreachable++, $"{search} leads to nobody.");
        }
        foreach (var memberId in person.Answered) found.Add((string)(await staff.Get($"/api/members/{memberId}"))["memberId"]!);
        if (found.Count != 1) Count(() => Unreachable++, $"One person is {found.Count} members: {string.Join(", ", found)}.");
    }

    private async Task Booked(StaffClient staff, Person person)
    {
        var entries = (await EntriesOf(staff, person)).Where(entry => (string?)entry["kind"] is "accrual" or "reversal")
            .Select(entry => (string)entry["sourceId"]!).ToList();
        lock (_gate) Entries += entries.Count;
        var times = entries.CountBy(id => id).ToDictionary();
        foreach (var (id, _) in times.Where(one => one.Value > 1)) Count(() => Twice++, $"{id} is booked {times[id]} times.");
        foreach (var id in times.Keys.Except(person.Letters.Select(letter => letter.Id)))
            Count(() => Twice++, $"{id} is booked for somebody else.");
        var account = await staff.Get($"/api/members/{person.Answered.First()}/account");
        var points = account["wallets"]!.AsArray()
            .Single(wallet => (string?)wallet!["wallet"] == "club")!["available"]!.GetValue<decimal>();
        if (points != person.Points)
            Count(() => WrongBalances++, $"{person.Answered.First()} has {points} points instead of {person.Points}.");
    }

    private static async Task<List<JsonNode>> EntriesOf(StaffClient staff, Person person)
    {
        var entries = new List<JsonNode>();
        string? continuation = null;
        do
        {
            var page = await staff.Get(
                $"/api/members/{person.Answered.First()}/entries?limit=200{(continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}")}");
            entries.AddRange(page["items"]!.AsArray().Select(entry => entry!));
            continuation = (string?)page["continuation"];
        } while (continuation is not null);
        return entries;
    }

    /// <summary>A line for each message that the club knows to be sent; and one, whichever of the person's records had it written, for each
    /// that the model wants.</summary>
    private async Task Told(StaffClient staff, Person person)
    {
        var lines = Taken(person.Answered);
        foreach (var (occasion, count) in lines.Where(line => line.Value > 1))
            Count(() => SmsDoubled++, $"{person.Phone} was told {occasion} {count} times.");
        var messages = (await staff.Get($"/api/sms?memberId={person.Answered.First()}&limit=200"))["items"]!.AsArray();
        foreach (var message in messages.Where(message => (string?)message!["state"] == "sent"
            && !lines.ContainsKey((string)message["occasion"]!)))
            Count(() => SmsLost++, $"{message!["memberId"]}:{message["occasion"]} is said to be sent and has no line.");
        foreach (var message in messages.Where(message => (string?)message!["state"] is "planned" or "failed"))
            Count(() => SmsLost++, $"{message!["memberId"]}:{message["occasion"]} is {message["state"]}: {message["why"]}.");
        foreach (var wanted in Wanted(person)
            .Where(wanted => !lines.Keys.Any(occasion => occasion.StartsWith(wanted, StringComparison.Ordinal))))
            Count(() => SmsLost++,
                $"{person.Phone} was not told {wanted} {string.Join(", ", messages.Select(message => $"{message!["occasion"]} {message["state"]} {message["why"]}"))}");
    }

    private static IEnumerable<string> Wanted(Person person)
    {
        if (person.HasPhone) yield return "welcome";
        if (person.HasPhone) yield return "birthday:";
        if (person.IsWarned) yield return "pointsExpiring:";
    }

    /// <summary>By occasion, how many lines are of one of these members.</summary>
    private Dictionary<string, int> Taken(HashSet<string> members)
    {
        lock (_gate)
        {
            var taken = _lines.Where(line => members.Contains(line.Key.Split(':')[0])).ToList();
            foreach (var (tag, _) in taken) _lines.Remove(tag);
            return taken.GroupBy(line => line.Key.Split(':', 2)[1]).ToDictionary(same => same.Key, same => same.Sum(line => line.Value));
        }
    }

    private void ReadLines()
    {
        var lines = File.ReadAllLines(smsFile);
        Lines = lines.Length;
        foreach (var line in lines)
        {
            try
            {
                var tag = JsonElement.Parse(line).GetProperty("tag").GetString()!;
                _lines[tag] = _lines.GetValueOrDefault(tag) + 1;
            }
            catch (JsonException)
            {
                Count(() => SmsLost++, $"A line of the recorder's file is broken: {line}");
            }
        }
    }

    private void Count(Action count, string fault,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(count))] string kind = "")
    {
        lock (_gate)
        {
            count();
            _faults.Add((kind, fault));
        }
    }
}
