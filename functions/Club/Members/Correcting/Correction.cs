using Club.Identity;
using Club.Kernel;

namespace Club.Members;

/// <summary>What is to stand in a profile from now on. What a body does not name stays; what it names as null goes.</summary>
public sealed record Correction
{
    private const int MaximumHobbies = 30;
    private static readonly string[] Names = ["name", "gender", "birthday", "city", "address", "hobbies", "phone"];
    private static readonly DateOnly EarliestBirthday = new(1900, 1, 1);

    /// <summary>The members that the body names.</summary>
    public required IReadOnlySet<string> Named { get; init; }
    public string? Name { get; init; }
    public string? Gender { get; init; }
    public DateOnly? Birthday { get; init; }
    public string? City { get; init; }
    public string? Address { get; init; }
    public IReadOnlyList<string> Hobbies { get; init; } = [];
    public PhoneNumber? Phone { get; init; }

    public static Outcome<Correction> Read(JsonFields body, DateOnly today)
    {
        var named = Names.Where(name => body.Json.TryGetProperty(name, out _)).ToHashSet(StringComparer.Ordinal);
        if (named.Count == 0) body.Fail("name", $"nothing to correct: one of {string.Join(", ", Names)} is expected", "missing-data");
        var hobbies = body.Texts("hobbies").Select(hobby => hobby.Trim()).Where(hobby => hobby.Length is > 0 and <= 64).Distinct().ToArray();
        if (hobbies.Length > MaximumHobbies) body.Fail("hobbies", $"more than {MaximumHobbies} hobbies");
        var correction = new Correction
        {
            Named = named,
            Name = body.Text("name", required: false, maximum: 64),
            Gender = body.Text("gender", required: false, maximum: 16),
            Birthday = Past(body, today),
            City = body.Text("city", required: false, maximum: 64),
            Address = body.Text("address", required: false, maximum: 256),
            Hobbies = hobbies,
            Phone = PhoneOf(body),
        };
        if (named.Contains("phone") && correction.Phone is null) body.Fail("phone", "a phone is corrected to another, not taken away");
        return body.Problem is { } problem ? problem : correction;
    }

    /// <summary>The profile as it is meant; the phone is a matter of its own.</summary>
    public Profile Apply(Profile profile) => profile with
    {
        Name = Named.Contains("name") ? Name : profile.Name,
        Gender = Named.Contains("gender") ? Gender : profile.Gender,
        Birthday = Named.Contains("birthday") ? Birthday : profile.Birthday,
        City = Named.Contains("city") ? City : profile.City,
        Address = Named.Contains("address") ? Address : profile.Address,
        Hobbies = Named.Contains("hobbies") && !Hobbies.SequenceEqual(profile.Hobbies) ? Hobbies : profile.Hobbies,
    };

    private static DateOnly? Past(JsonFields body, DateOnly today)
    {
        if (body.Date("birthday", required: false) is not { } date) return null;
        if (date > today) body.Fail("birthday", $"{date:yyyy-MM-dd} is in the future", "future-date");
        else if (date < EarliestBirthday)
            body.Fail("birthday", $"{date:yyyy-MM-dd} is before {EarliestBirthday:yyyy-MM-dd}", "date-out-of-range");
        return date;
    }

    private static PhoneNumber? PhoneOf(JsonFields body)
    {
        if (body.Text("phone", required: false, maximum: 64) is not { } text) return null;
        var phone = PhoneNumber.Parse(text);
        if (phone.Problem is { } problem) body.Fail("phone", problem.Message.TrimEnd('.'), problem.Code);
        return phone.Succeeded ? phone.Value : null;
    }
}
