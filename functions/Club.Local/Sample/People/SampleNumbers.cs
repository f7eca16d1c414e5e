using System.Globalization;

namespace Club.Local.Sample;

/// <summary>Phones, vehicle identification numbers, plates and WeChat ids. Phones and VINs are scattered over their ranges by the seed, and
/// no two members, and no two cars, share one.</summary>
internal sealed class SampleNumbers(int seed)
{
    private const ulong Step = 1_234_567_891; // No factor in common with what it is taken modulo, so it meets each number once.
    private const ulong PerPrefix = 100_000_000;
    private const ulong Serials = 1_000_000;
    private const string Letters = "ABCDEFGHJKLMNPRSTVWXYZ"; // As VINs have them, and plates.
    private const string Years = "ABCDEFGHJKLMNPRSTVWXY123456789"; // 2010 is A (GB 16735).
    private const string Maker = "L0S"; // Made up: no maker in China has a digit in its code's second place.
    private const string WeChat = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly string[] Prefixes =
    [
        "130", "131", "132", "133", "134", "135", "136", "137", "138", "139", "150", "151", "152", "153", "155", "156", "157", "158", "159",
        "176", "177", "178", "180", "181", "182", "183", "185", "186", "187", "188", "189", "198", "199",
    ];

    private readonly ulong _from = SampleRandom.Of(seed) % PerPrefix;

    public string Phone(int member)
    {
        var at = Scatter((ulong)member, (ulong)Prefixes.Length * PerPrefix);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefixes[at / PerPrefix]}{at % PerPrefix:D8}");
    }

    /// <param name="car">The member's first is 0.</param>
    public string Vin(int member, int car, int year)
    {
        var letters = (ulong)Letters.Length;
        var at = Scatter((ulong)member * 2 + (ulong)car, Serials * letters * letters * 2);
        var (serial, rest) = (at % Serials, (int)(at / Serials));
        var kind = $"{Letters[rest % Letters.Length]}{Letters[rest / Letters.Length % Letters.Length]}{rest / Letters.Length / Letters.Length}";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Maker}{kind}4U0{Years[(year - 2010 + (2 * Years.Length)) % Years.Length]}2{serial:D6}");
        return $"{text[..8]}{Identity.Vin.CheckDigitOf(text)}{text[9..]}";
    }

    /// <param name="place">As it begins in the owner's city: 京A.</param>
    public static string Plate(SampleRandom random, string place)
    {
        var number = random.Below(100_000);
        var letter = random.Happens(0.6) ? $"{Letters[random.Below(Letters.Length)]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{place}{letter}{number:D5}")[..7];
    }

    public static string OpenId(SampleRandom random) => "o" + Text(random, 27);

    public static string UnionId(SampleRandom random) => "oU" + Text(random, 26);

    private static string Text(SampleRandom random, int length) =>
        string.Create(length, random, static (text, random) =>
        {
            foreach (ref var one in text) one = WeChat[random.Below(WeChat.Length)];
        });

    private ulong Scatter(ulong number, ulong among) => (number % among * (Step % among) + _from) % among;
}
