using System.Text;
using Club.Edges.Site;
using Club.Tests.Support;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

public sealed class SiteRegistrationSchemaTests
{
    /// <summary>What no schema can say: lists of the programme, check digits, a number that can exist, and dates on the right side of
    /// today.</summary>
    private static readonly string[] BeyondSchemas =
        ["unknown-dealer", "phone-invalid", "card-format", "card-check-digit", "vin-length", "vin-character", "vin-check-digit",
            "future-date", "date-out-of-range"];

    [Fact]
    public async Task The_schema_and_the_club_agree_on_every_change_of_the_example()
    {
        await using var club = new ClubFixture();
        var request = Operation.Named("SiteRegistrations").Node["requestBody"]!["content"]!["application/json"]!;
        var changes = 0;
        foreach (var (what, changed) in Changes.Of(request["example"]!.DeepClone()))
        {
            var body = Encoding.UTF8.GetBytes(Description.Text(changed));
            var headers = StandardWebhook.Sign($"msg_{changes++}", club.Clock.GetUtcNow(), body,
                WebhookSecret.Parse(ClubFixture.WebhookSecret).Value);
            var problem = (await club.Get<SiteRegistrations>().Handle(headers, body, TestContext.Current.CancellationToken)).Problem;
            if (problem is not null && BeyondSchemas.Contains(problem.Code)) continue;
            // A blank date is taken for none; saying so would cost the schema its format.
            if (problem is null && (what.StartsWith("$.data.birthday = \"", StringComparison.Ordinal)
                || what.Contains(".purchasedOn = \"", StringComparison.Ordinal)))
                continue;
            var errors = Description.OpenApi.Schemas.Errors(request["schema"]!, changed);
            Assert.True(problem is null == (errors.Count == 0),
                $"{what}: the club says {problem?.Message ?? "yes"}; the schema says {(errors.Count == 0 ? "yes" : string.Join(' ', errors))}");
        }
        Assert.True(changes > 300, $"Only {changes} changes were tried.");
    }
}
