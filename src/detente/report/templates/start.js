DetentePage.start();
