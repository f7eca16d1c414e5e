using Club.Kernel;
using Club.Transactions;

namespace Club.Activities;

/// <summary>Whom somebody brings.</summary>
public static class SignUpRequest
{
    private const int Most = 1000;

    /// <returns>How many guests.</returns>
    public static Outcome<int> Read(JsonFields body) => Guests(body) is var guests && body.Problem is { } problem ? problem : guests ?? 0;

    internal static int? Guests(JsonFields body)
    {
        var guests = body.Whole("guests", required: false);
        if (guests is < 0 or > Most) body.Fail("guests", $"a whole number from 0 to {Most} is expected");
        return guests;
    }
}

/// <summary>Who stands at the door.</summary>
/// <param name="Guests">Null: as many as she signed up with.</param>
public sealed record CheckInRequest(MemberReference Member, int? Guests)
{
    public static Outcome<CheckInRequest> Read(JsonFields body)
    {
        var member = body.Child("member") is { } whom ? MemberReader.Read(whom) : default;
        var request = new CheckInRequest(member, SignUpRequest.Guests(body));
        return body.Problem is { } problem ? problem : request;
    }
}

/// <summary>What a member thought of it.</summary>
/// <param name="Rating">1 to 5.</param>
public sealed record FeedbackRequest(int Rating, string? Text)
{
    public static Outcome<FeedbackRequest> Read(JsonFields body)
    {
        var (rating, text) = (body.Whole("rating"), body.Text("text", required: false));
        if (rating is < 1 or > 5) body.Fail("rating", "a whole number from 1 to 5 is expected");
        return body.Problem is { } problem ? problem : new FeedbackRequest(rating!.Value, text);
    }
}
