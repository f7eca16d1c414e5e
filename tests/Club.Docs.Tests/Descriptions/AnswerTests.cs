using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Club.Docs.Tests.Descriptions;

/// <summary>The club's own answers, held against the description and its examples.</summary>
public sealed class AnswerTests(ClubStory story) : IClassFixture<ClubStory>
{
    [Fact]
    public void Every_answer_is_as_described()
    {
        foreach (var answer in story.Answers)
        {
            if (answer.MediaType is null)
            {
                Assert.True(answer.Operation.Responses.Any(response => response.Status == $"{answer.Status}"), answer.Step);
                continue;
            }
            var described = answer.Operation.Answer(answer.Status, answer.MediaType);
            Assert.True(described is not null, $"{answer.Step}: {answer.Status} {answer.MediaType} is not described.");
            Assert.Empty(Description.OpenApi.Schemas.Errors(described["schema"]!, answer.Body, strict: true));
        }
    }

    /// <summary>The first answer of an operation with a status and media type is the one that the description shows.</summary>
    [Fact]
    public void Every_example_is_what_the_club_answers()
    {
        var compared = 0;
        foreach (var answers in story.Answers.Where(answer => answer.MediaType is not null
            && answer.Operation.Answer(answer.Status, answer.MediaType) is not null)
            .GroupBy(answer => (answer.Operation.Id, answer.Status, answer.MediaType)))
        {
            var described = answers.First().Operation.Answer(answers.Key.Status, answers.Key.MediaType!)!;
            if (described["examples"] is JsonObject examples)
                foreach (var (name, example) in examples)
                    Same(answers.Single(answer => answer.Step.EndsWith($" {name}", StringComparison.Ordinal)), example!["value"]);
            else if (described["example"] is { } example) Same(answers.First(), example);
            else continue;
            compared++;
        }
        Assert.True(compared > 30, $"Only {compared} examples were compared.");
    }

    private static void Same(Answer answer, JsonNode? example) =>
        Assert.True(
            example is not null && JsonElement.DeepEquals(JsonElement.Parse(example.ToJsonString()),
            JsonElement.Parse(answer.Body!.ToJsonString())),
            $"{answer.Step}: the club answers\n{Description.Text(answer.Body!)}\nand the example is\n{(example is null ? "missing" : Description.Text(example))}");
}
