using System.Text.Json;
using System.Text.RegularExpressions;
using Club.Kernel;

namespace Club.Dealers;

/// <summary>What is told of a dealer at work.</summary>
/// <param name="Region">Needed of a dealer that the rule book does not list; of others it is the rule book's.</param>
public sealed partial record DealershipRequest(string Name, string? Region, string? City, string? Address, string? Phone, Place? Location,
    IReadOnlyList<Capability> Capabilities, DateOnly? OpenedOn)
{
    /// <summary>About a tenth of a metre.</summary>
    private const int Decimals = 6;
    private static readonly string[] Words = [.. Enum.GetNames<Capability>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static Outcome<DealershipRequest> Read(JsonFields body)
    {
        var (name, region) = (body.Text("name", maximum: 128), body.Text("region", required: false, maximum: 64));
        var (city, address) = (body.Text("city", required: false, maximum: 64), body.Text("address", required: false, maximum: 256));
        var phone = body.Text("phone", required: false, maximum: 32);
        if (phone is not null && !Digits().IsMatch(phone))
            body.Fail("phone", "digits, spaces and hyphens are expected, such as 010-87654321");
        var location = body.Child("location", required: false) is { } place ? ReadPlace(place) : null;
        var capabilities = ReadCapabilities(body);
        var opened = body.Date("openedOn", required: false);
        return body.Problem is { } problem ? problem
            : new DealershipRequest(name!, region, city, address, phone, location, capabilities, opened);
    }

    private static Place? ReadPlace(JsonFields place)
    {
        var (latitude, longitude) = (place.Number("latitude"), place.Number("longitude"));
        if (latitude is not { } north || longitude is not { } east) return null;
        if (Math.Abs(north) > 90)
            place.Fail("latitude", $"{north} is not from -90 to 90{(Math.Abs(east) <= 90 ? "; latitude comes first, are they swapped?" : "")}");
        if (Math.Abs(east) > 180) place.Fail("longitude", $"{east} is not from -180 to 180");
        return new Place(decimal.Round(north, Decimals), decimal.Round(east, Decimals));
    }

    private static Capability[] ReadCapabilities(JsonFields body)
    {
        var capabilities = new SortedSet<Capability>();
        foreach (var (index, word) in body.Texts("capabilities").Index())
        {
            if (Array.IndexOf(Words, word) is >= 0 and var at) capabilities.Add((Capability)at);
            else body.Fail($"capabilities[{index}]", $"\"{Bounded.Text(word, 40)}\" is none of {string.Join(", ", Words)}{Nearest.Hint(word, Words)}");
        }
        return [.. capabilities];
    }

    [GeneratedRegex("^\\+?[0-9][0-9 -]{2,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}

/// <summary>From when on a dealer is closed, and who takes its members over.</summary>
/// <param name="Into">Null: nobody; they belong to headquarters alone.</param>
/// <param name="Reason">Every member's history tells it.</param>
public sealed record CloseRequest(DateOnly On, DealerId? Into, string Reason)
{
    public static Outcome<CloseRequest> Read(JsonFields body)
    {
        var (on, into, reason) = (body.Date("on"), body.Id<DealerId>("into", required: false, maximum: 64), body.Reason());
        return body.Problem is { } problem ? problem : new CloseRequest(on!.Value, into, reason!);
    }

    /// <summary>From when on a closed dealer is open again.</summary>
    public static Outcome<DateOnly> ReadOpening(JsonFields body) => body.Date("on") is { } on ? on : body.Problem!;
}

/// <summary>Which dealers are asked for; null: any.</summary>
/// <param name="IsOpen">Today.</param>
public sealed record DealerFilter(string? Region, string? City, bool? IsOpen);
