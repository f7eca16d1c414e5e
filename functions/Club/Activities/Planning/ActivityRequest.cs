using System.Text.RegularExpressions;
using Club.Care;
using Club.Kernel;
using Club.Spending;

namespace Club.Activities;

/// <summary>An activity as somebody wants it to be.</summary>
/// <param name="DealerId">Null: as the caller's scope says, or headquarters.</param>
/// <param name="Asked">What it may cost, in CNY.</param>
public sealed partial record ActivityRequest(string Name, string? Kind, string? Place, string? Description, DealerId? DealerId,
    DateTimeOffset From, DateTimeOffset Until, DateTimeOffset SignUpUntil, int? Places, int GuestsPerMember, Money Asked)
{
    private const int MostPlaces = 1_000_000;
    private const int MostGuests = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(62);

    public static Outcome<ActivityRequest> Read(JsonFields body, string code)
    {
        if (!Codes().IsMatch(code))
            return new Problem("invalid-data", "code: 1 to 40 letters, digits, dashes and underscores are expected, a letter or digit first.", "code");
        var from = body.Moment("from") ?? default;
        var request = new ActivityRequest(body.Text("name", maximum: 30) ?? "", body.Text("kind", required: false, maximum: 64),
            body.Text("place", required: false, maximum: 30), body.Text("description", required: false),
            body.Id<DealerId>("dealerId", required: false, maximum: 64), from, body.Moment("until") ?? default,
            body.Moment("signUpUntil", required: false) ?? from, Between(body, "places", 1, MostPlaces),
            Between(body, "guestsPerMember", 0, MostGuests) ?? 0,
            body.Child("budget", required: false) is { } budget ? budget.Cost("asked") ?? Money.Zero : Money.Zero);
        // Both go out in messages.
        foreach (var (name, text) in ((string, string?)[])[("name", request.Name), ("place", request.Place)])
            if (text is not null && !OwnWords.IsHarmless(text))
                body.Fail(name, "30 characters without links, addresses and numbers to call are expected");
        if (request.Until < request.From) body.Fail("until", "it ends before it begins");
        if (request.Until - request.From > Longest) body.Fail("until", $"an activity of at most {Longest.Days} days is expected");
        if (request.SignUpUntil > request.Until) body.Fail("signUpUntil", "it is over by then");
        return body.Problem is { } problem ? problem : request;
    }

    private static int? Between(JsonFields body, string name, int least, int most)
    {
        var number = body.Whole(name, required: false);
        if (number < least || number > most) body.Fail(name, $"a whole number from {least} to {most} is expected");
        return number;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Codes();
}

/// <summary>Where an activity is to go.</summary>
/// <param name="Reason">Of a refusal or a cancellation.</param>
/// <param name="Spent">What it cost, where it is closed, in CNY.</param>
public sealed record ActivityStep(ActivityState To, string? Reason = null, Money? Spent = null)
{
    public static Outcome<ActivityStep> Read(JsonFields body, ActivityState to)
    {
        var step = new ActivityStep(to, to is ActivityState.Refused or ActivityState.Cancelled ? body.Reason() : null,
            to == ActivityState.Closed ? body.Cost("spent") : null);
        return body.Problem is { } problem ? problem : step;
    }
}
