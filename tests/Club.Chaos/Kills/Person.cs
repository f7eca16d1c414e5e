using System.Globalization;
using System.Text.Json.Nodes;
using Club.Tests.Support;

namespace Club.Chaos.Kills;

/// <summary>A form that the website sends until it is answered; the id stays.</summary>
internal sealed record Form(string Id, object Data);

/// <summary>A message for the queue, and what becomes of it.</summary>
/// <param name="MayRepeat">Whether it is sent again by chance while hosts are killed. The others tell whether something was lost: nothing
/// can make up for it.</param>
internal sealed record Letter(string Id, string Body, bool MayRepeat);

/// <summary>
/// Somebody who registers in one of the ways in which people do, with bills and returns that come at any time, also before it, and what is
/// to be found of all this in the end.
/// </summary>
internal sealed class Person
{
    private const int Bills = 20;
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private readonly Random _random;
    private readonly DateOnly _today;
    private readonly int _number;

    /// <param name="today">The club's day, whose birthdays, warnings and lapses are watched.</param>
    public Person(int number, DateOnly today, Random random)
    {
        (_number, _today, _random) = (number, today, random);
        Phone = Text($"138{number:D8}");
        Stages = (number % 6) switch
        {
            0 => [[With(new { phone = Phone, name = "王伟", birthday = Birthday, vehicles = new[] { new { vin = Vin } },
                consents = new { sms = true } })]],
            // The form was sent twice, under two ids at once.
            1 => [[With(new { phone = Phone, name = "李娜", birthday = Birthday, consents = new { sms = true } }),
                With(new { phone = Phone, name = "李娜", birthday = Birthday, consents = new { sms = true } })]],
            2 => [[With(new { openId = OpenId(1) })],
            [With(new { phone = Phone, openId = OpenId(1), birthday = Birthday, consents = new { sms = true } })]],
            // A fan and an owner, of whom a form tells that they are one.
            3 => [[With(new { openId = OpenId(1) }), With(new { phone = Phone, birthday = Birthday, consents = new { sms = true } })],
                [With(new { phone = Phone, openId = OpenId(1) })]],
            // Two followers, of whom two forms tell at once that they are one, each from its side.
            4 => [[With(new { openId = OpenId(2), unionId = UnionId(1) }), With(new { openId = OpenId(1), unionId = UnionId(2) })],
                [With(new { openId = OpenId(1), unionId = UnionId(1) }), With(new { openId = OpenId(2), unionId = UnionId(2) })]],
            _ => [[With(new { openId = OpenId(2), unionId = UnionId(1) }), With(new { openId = OpenId(1), unionId = UnionId(2) })],
                [With(new { openId = OpenId(1), unionId = UnionId(1) }), With(new { openId = OpenId(2), unionId = UnionId(2) }),
                With(new { phone = Phone, openId = OpenId(1), birthday = Birthday, consents = new { sms = true } })]],
        };
        HasPhone = number % 6 != 4;
        Write();
    }

    public string Phone { get; }
    public bool HasPhone { get; }

    /// <summary>The forms of one stage are sent at once, those of the next when all of it are answered.</summary>
    public IReadOnlyList<IReadOnlyList<Form>> Stages { get; }

    public List<Letter> Letters { get; } = [];

    /// <summary>The points that are left when everything is booked and what lapses today has lapsed.</summary>
    public decimal Points { get; private set; }

    /// <summary>Whether a warning of points that lapse in thirty days is due. Who has no phone at first may have missed it: what is
    /// suppressed is not said later.</summary>
    public bool IsWarned { get; private set; }

    /// <summary>The members that forms were answered with; they are one in the end.</summary>
    public HashSet<string> Answered { get; } = [];
    public HashSet<string> Cards { get; } = [];

    /// <summary>How often the person is asked to become one of two.</summary>
    public int Merges => _number % 6 is 3 or 4 or 5 ? 1 : 0;

    /// <summary>Searches that lead to the person.</summary>
    public IEnumerable<string> Searches()
    {
        if (HasPhone) yield return $"phone={Phone}";
        if (_number % 6 == 0) yield return $"vin={Vin}";
        if (_number % 6 >= 2) yield return $"openId={OpenId(1)}";
        if (_number % 6 < 4) yield break;
        yield return $"openId={OpenId(2)}";
        yield return $"unionId={UnionId(1)}";
        yield return $"unionId={UnionId(2)}";
    }

    private string Birthday => _today.AddYears(-40).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private string Vin => Text($"WVWZZZ1KZ{_number:D8}");

    private string OpenId(int which) => Text($"oKill{_number:D8}-{which}");

    private string UnionId(int which) => Text($"uKill{_number:D8}-{which}");

    private int _forms;

    private Form With(object data) => new(Text($"kill-{_number}-{++_forms}"), data);

    private void Write()
    {
        for (var i = 0; i < Bills; i++)
        {
            var points = _random.Next(1, 60);
            switch (_random.Next(8))
            {
                case 0:
                    Add(i, points, _today.AddMonths(-24));
                    break;
                case 1 when !IsWarned && _number % 6 < 2 && _today.AddDays(30) is var lapse && lapse.AddMonths(-24).AddMonths(24) == lapse:
                    IsWarned = true;
                    Add(i, points + 10, lapse.AddMonths(-24));
                    Points += points + 10;
                    break;
                case 2:
                    Add(i, points, Recent());
                    Letters.Add(new Letter(Text($"R{_number}-{i}"),
                        Events.Return(Text($"K{_number}-{i}"), Text($"R{_number}-{i}"), time: At(_today)), _random.Next(4) == 0));
                    break;
                case 3 or 4:
                    Add(i, points, Recent());
                    Points += points;
                    var (first, second) = (_random.Next(1, points + 1), _random.Next(1, points + 1));
                    Return(i, 'a', first);
                    if (first + second <= points) Return(i, 'b', second);
                    break;
                default:
                    Add(i, points, Recent());
                    Points += points;
                    break;
            }
        }
    }

    private void Add(int bill, int points, DateOnly on)
    {
        var id = Text($"K{_number}-{bill}");
        var body = Events.Bill(id, member: Named(), time: At(on),
            lines: [Events.Line("1", "parts", points * 100), Events.Line("2", "labour", 70)]);
        // A VIN that only a form named opens no account: the dealer tells whose car it is.
        if (body.Contains(Vin, StringComparison.Ordinal)) body = Events.With(body, "data.holder", new JsonObject { ["phone"] = Phone });
        Letters.Add(new Letter(id, body, _random.Next(4) == 0));
    }

    private void Return(int bill, char part, int points)
    {
        var id = Text($"R{_number}-{bill}{part}");
        Points -= points;
        Letters.Add(new Letter(id, Events.Return(Text($"K{_number}-{bill}"), id, [new { lineId = "1", amount = points * 100m }],
            time: At(_today)), _random.Next(4) == 0));
    }

    /// <summary>A dealer knows a customer by one of the ways in which the club does.</summary>
    private object Named()
    {
        var ways = new List<object>();
        if (HasPhone) ways.Add(new { phone = Phone });
        if (_number % 6 == 0) ways.Add(new { vin = Vin });
        if (_number % 6 >= 2) ways.Add(new { openId = OpenId(1) });
        if (_number % 6 >= 4) ways.Add(new { openId = OpenId(2) });
        return ways[_random.Next(ways.Count)];
    }

    private DateOnly Recent() => _today.AddDays(-_random.Next(1, 500));

    private static string At(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(new TimeOnly(8, 0)), Zone).ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
