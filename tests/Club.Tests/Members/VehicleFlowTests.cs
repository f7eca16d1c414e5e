using Club.Identity;
using Club.Joining;
using Club.Members;
using Xunit;

namespace Club.Tests.Members;

public class VehicleFlowTests : Flow
{
    private const string Vin = "LSJA24U62JG269225";

    private async Task<IReadOnlyList<Vehicle>> After(params Vehicle[][] forms)
    {
        await using var club = await Open();
        Registered? member = null;
        foreach (var form in forms) member = await club.Register(with: registration => registration with { Vehicles = form });
        return (await club.Get<Membership>().Find(member!.MemberId, default))!.Vehicles;
    }

    [Fact]
    public async Task A_car_told_by_plate_first_and_by_vin_later_is_one_car()
    {
        var bought = new DateOnly(2025, 9, 20);
        var expected = new Vehicle(Vin, "V6", bought, "京A12345");
        Assert.Equal([expected], await After([new Vehicle(null, null, bought, "京A12345")], [new Vehicle(Vin, "V6", null, "京A12345")]));
        Assert.Equal([expected], await After([new Vehicle(Vin, "V6", null, "京A12345")], [new Vehicle(null, null, bought, "京A12345")]));
        Assert.Equal([expected], await After([new Vehicle(null, null, bought, "京A12345"), new Vehicle(Vin, "V6", null, "京A12345")]));
    }

    [Fact]
    public async Task Two_cars_of_one_model_stay_two_however_often_the_form_is_sent()
    {
        Vehicle[] two = [new Vehicle(null, "V6", null, null), new Vehicle(null, "V6", null, null)];
        Assert.Equal(2, (await After(two, two, two)).Count);
        Vehicle[] dated = [new Vehicle(null, "V6", new DateOnly(2024, 1, 1), null),
            new Vehicle(null, "V6", new DateOnly(2025, 1, 1), null)];
        Assert.Equal(2, (await After(dated, dated)).Count);
        Assert.Single(await After([two[0]], [two[0]]));
        Vehicle[] plated = [new Vehicle(null, "V6", null, "京A11111"), new Vehicle(null, "V6", null, "京A22222")];
        Assert.Equal(2, (await After(plated, plated)).Count);
    }

    [Fact]
    public async Task A_plate_that_went_on_to_another_vin_does_not_make_one_car_of_two() =>
        Assert.Equal(2, (
            await After([new Vehicle(Vin, null, null, "京A12345")], [new Vehicle("LSVFF26R7D2123456", null, null, "京A12345")])).Count);

    [Fact]
    public async Task Another_member_s_vin_given_later_for_a_plate_is_disputed()
    {
        await using var club = await Open();
        await club.Register(with: registration => registration with { Vehicles = [new Vehicle(Vin, null, null, null)] });
        var other = await club.Register("13900139000", registration =>
            registration with { Vehicles = [new Vehicle(null, null, null, "京A12345")] });
        await club.Register("13900139000", registration => registration with { Vehicles = [new Vehicle(Vin, null, null, "京A12345")] });
        Assert.Equal([new Vehicle(Vin, null, null, "京A12345", true)],
            (await club.Get<Membership>().Find(other.MemberId, default))!.Vehicles);
    }

    [Theory]
    [InlineData("京A·12345")]
    [InlineData("京A 12345")]
    [InlineData("京a12345")]
    [InlineData("京Ａ１２３４５")]
    [InlineData(" 京A-12345 ")]
    [InlineData("京Ａ・12345")]
    [InlineData("京A\u2009•\u202F12345")]
    public void A_plate_has_one_form(string written) => Assert.Equal("京A12345", Plate.Normalise(written));

    [Theory]
    [InlineData("")]
    [InlineData(" · ")]
    [InlineData(null)]
    public void A_plate_without_a_character_is_none(string? written) => Assert.Null(Plate.Normalise(written));

    [Theory]
    [InlineData("138\u20020013\u20038000")]
    [InlineData("138\u20090013\u200A8000")]
    [InlineData("138\u202F0013\u202F8000")]
    [InlineData("138·0013·8000")]
    [InlineData("+86\u2005138•0013・8000")]
    public void A_phone_may_be_set_in_thin_spaces_and_middle_dots(string written) =>
        Assert.Equal("+8613800138000", PhoneNumber.Parse(written).Value.E164);
}
